// What questions begin with: the day of an event, an identifier as it is written, a place by country or gazetteer key.
CREATE INDEX declaration_date IF NOT EXISTS FOR (n:Declaration) ON (n.date);
CREATE INDEX seizure_date IF NOT EXISTS FOR (n:Seizure) ON (n.date);
CREATE INDEX notice_date IF NOT EXISTS FOR (n:Notice) ON (n.date);
CREATE INDEX movement_date IF NOT EXISTS FOR (n:Movement) ON (n.date);
CREATE INDEX vehicle_plate IF NOT EXISTS FOR (n:Vehicle) ON (n.plate);
CREATE INDEX container_number IF NOT EXISTS FOR (n:Container) ON (n.number);
CREATE INDEX phone_number IF NOT EXISTS FOR (n:Phone) ON (n.number);
CREATE INDEX place_key IF NOT EXISTS FOR (n:Place) ON (n.place_key);
CREATE INDEX place_country IF NOT EXISTS FOR (n:Place) ON (n.country);
