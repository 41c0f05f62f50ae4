"""The text that lies beside the invented files."""

README = """TRAINING DATA. Everything in these folders is invented.

No person, firm, vehicle, ship, phone or identity number here belongs to anybody. Names are put together from common given
names and made-up stems; numbers are right by their check digits so that programs accept them. Ship numbers begin with 3,
container owners with XG, phone numbers have 000 after the operator's code. Seed {seed}, size {size}.

A folder holds the files of one source; load it with   graphintel ingest SOURCE SOURCE/

  declarations-csv   Turkish customs declarations, a row for each goods item. First and last quarter of a year: Turkish headers,
                     cp1254, semicolons, decimal commas. The others: English headers, UTF-8, commas.
  asycuda-sad        Georgian import declarations as ASYCUDA World exports them.
  wco-declaration    Bulgarian import declarations in the WCO data model.
  cen-seizures       Seizure reports.
  movements-csv      Lorries at gates and plate readers, ships at ports, containers in terminals, flights.
  partner-notice     Notices, requests and tips with their grades.

truth.json holds the answers: read it after the exercise.
"""
