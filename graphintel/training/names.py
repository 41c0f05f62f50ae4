"""Invented names of persons and firms of six countries, from common given names and made-up stems."""

from __future__ import annotations

from random import Random

from graphintel.training.spelling import romanise

_GIVEN = {
    "TR": "Ahmet Mehmet Mustafa Hasan Hüseyin İbrahim Murat Serkan Oğuz Emre Yusuf Kerem Uğur Cemal Şükrü Ayşe Zeynep Elif"
    " Gülay Sevgi Çiğdem Işıl Özlem Tülin",
    "BG": "Иван Георги Димитър Николай Стоян Петър Красимир Тодор Веселин Мирослав Мария Елена Десислава Йорданка Росица Цветана",
    "GR": "Γιώργος Δημήτρης Νίκος Κώστας Παναγιώτης Βασίλης Χρήστος Θανάσης Ελένη Μαρία Κατερίνα Σοφία",
    "GE": "გიორგი დავით ლევან ზურაბ ნოდარ თემურ ვახტანგ ირაკლი ნინო თამარ მარიამ ქეთევან",
    "IR": "Reza Hossein Mehdi Behrouz Farhad Kamran Nader Saeed Jamshid Morteza Maryam Shirin Parvin Laleh",
    "SY": "Khaled Omar Samir Bassam Yasser Nizar Walid Ziad Faris Ammar Hala Rima Nadia Salma",
}
_SURNAME = {
    "TR": "Yılmaz Demirci Kayadibi Akbulutlu Taşpınar Körükçü Bozdereli Gümüşova Şahintepe Çakıroğulları Özbayrakçı Ilgınlı"
    " Karaçalılı Ünlütaş Değirmendere Savranlı Kızılcaören İncesulu",
    "BG": "Каменаров Рибарчев Долнополски Върбанчев Студенаров Мелнишчев Горанчев Бистрилов Черноглавски Златарчев Яворчев Щърбанов",
    "GR": "Πετροβουνίδης Καλαμαρίτσης Θαλασσόπουλος Μυλωνίτσης Ξυλουργάκος Ασπροχωρίτης Βουνισέλης Λευκαδόπουλος Χαλκοδέμος Ψαρονικίδης",
    "GE": "წყაროშვილაძე მთაბერაძე კლდიანური ვენახაშვილიძე ტყისძირელი ღელისძიური ზღვარელი ხიდისშვილური",
    "IR": "Kuhestanizad Daryabeigi Sangtarashpur Golzarian Bagherabadizad Rahgozarnia Chaharbaghi Tabrizvand Kelidsazan Narenjestani",
    "SY": "Al-Jabalawi Al-Nahrawi Qasabji Haddadiyan Al-Warraqin Bustanji Al-Qanatri Sabunjiyan Al-Marjawi Tahhanawi",
}  # fmt: skip
_STEM = {
    "TR": ("Ak Boz Kara Gök Sarı Yeşil Kızıl Demir Taş Çınar Koç Bal Güneş Yıldız Deniz Dağ Ova Su Kum İnci Şim Ulu Öz"
           " Alaca Kır Tuz Çam Ar", "çamlı doruk pınar kaya ırmak yurt ören bağlar köy çay dere tepe ova kuyu kent yaka burun"
           " ark saray harman"),
    "BG": ("Бяло Черно Ново Старо Горно Долно Злато Сребро Бързо Камено Рудо Медо", "бряг рид дол поток връх кладенец вир"
           " брод крайник явор"),
    "GR": ("Ασπρο Μαυρο Νεο Παλαιο Αρχο Καλλι Λιθο Πετρο Θαλασσο Χρυσο", "βουνιακή ποταμική λιμανική πηγαδική ακτινή"
           " νησιακή δασική πεδινή"),
    "GE": ("თეთრი შავი მწვანე ოქრო მთის ზღვის ველის", "წყარო ხევი კლდე ველი ქვა გზა ხიდი"),
    "IR": ("Kuh Dasht Sang Bagh Rah Abr Nil Zar", "abadan gostar pardaz rahan tabar navard zamin"),
    "SY": ("Al-Barq Al-Nakhl Al-Wadi Al-Sahil Al-Rimal Al-Yasmin Al-Furat Al-Qalat", "al-Akhdar al-Jadid al-Sharqi al-Gharbi"
           " al-Abyad al-Kabir"),
    "DE": ("Nord Wald Stein Birken Linden Moor Eichen Heide", "hofener tallinger bruecker felsheimer grundler"),
    "RO": ("Valea Piatra Lunca Dealul Poiana", "lungeni crivatu albeni zimbreni rotundu"),
    "CN": ("Hai Long Ming Tian Yun Qing", "fengda lushan yuanhai baoze jinhe"),
}  # fmt: skip
_TRADE = {
    "TR": {
        "haulier": ("Nakliyat", "Uluslararası Taşımacılık", "Lojistik"),
        "broker": ("Gümrük Müşavirliği",),
        "trader": ("Dış Ticaret", "Sanayi ve Ticaret", "Tekstil", "Gıda", "Otomotiv", "Yapı Malzemeleri", "Makine"),
    },
    "BG": {"haulier": ("Транс", "Спедиция"), "broker": ("Митническо агентство",), "trader": ("Трейд", "Импорт", "Комерс")},
    "GR": {"haulier": ("Μεταφορική",), "broker": ("Εκτελωνιστική",), "trader": ("Εμπορική", "Εισαγωγική")},
    "GE": {"haulier": ("ტრანსი",), "broker": ("ბროკერი",), "trader": ("ტრეიდი", "იმპორტი")},
    "IR": {"haulier": ("Transport", "Tarabar"), "broker": ("Customs Services",), "trader": ("Trading", "Bazargani")},
    "SY": {"haulier": ("Transport",), "broker": ("Clearance",), "trader": ("Trading", "Import-Export")},
    "DE": {"trader": ("Handels", "Import")},
    "RO": {"trader": ("Comert", "Distributie")},
    "CN": {"trader": ("Export", "Industries")},
}  # fmt: skip
_FORM = {
    "TR": ("Ltd. Şti.", "A.Ş.", "Ltd. Şti."),
    "BG": ("ЕООД", "ООД"),
    "GR": ("ΕΠΕ", "ΑΕ"),
    "GE": ("შპს",),
    "IR": ("Co.",),
    "SY": ("Co.",),
    "DE": ("GmbH",),
    "RO": ("SRL",),
    "CN": ("Co. Ltd",),
}
_STREET = {
    "TR": "Menekşe Çeşme Kavaklı Değirmen İstasyon Liman Zeytin Gümrük Karanfil Söğüt",
    "BG": "Липа Бреза Гарата Пристанищна Явор Детелина",
    "GR": "Λιμένος Σταθμού Ελιάς Δάφνης Πλατάνου",
    "GE": "ნავსადგურის სადგურის ვაზის კაკლის",
    "IR": "Golestan Sarv Istgah Bandar Anar",
    "SY": "Zaytun Mina Mahatta Rumman",
    "DE": "Birken Garten Hafen",
    "RO": "Teiului Garii Portului",
    "CN": "Lianhua Gangkou",
}
CITIES = {
    "TR": ("İstanbul", "Gaziantep", "Mersin", "Bursa", "İzmir", "Ankara", "Kayseri", "Van", "Edirne", "Trabzon", "Konya", "Hatay"),
    "BG": ("Sofia", "Plovdiv", "Burgas", "Varna", "Ruse"),
    "GR": ("Thessaloniki", "Athens", "Patras"),
    "GE": ("Tbilisi", "Batumi", "Kutaisi"),
    "IR": ("Tehran", "Tabriz", "Urmia", "Mashhad"),
    "SY": ("Aleppo", "Damascus", "Latakia", "Homs"),
    "DE": ("Munich", "Hamburg"),
    "RO": ("Bucharest", "Constanta"),
    "CN": ("Shanghai", "Ningbo"),
}  # fmt: skip
_SHIP = (
    ["Mavi", "Liva", "Doruk", "Ege", "Lale", "Poyraz", "Martı", "Yakamoz", "Asya", "İnci"],
    ["Yelkeni", "Rüzgârı", "Feneri", "Kıyısı", "Dalgası"],
)


class Names:
    """Names, never the same firm or ship twice; Cyrillic, Greek and Georgian with their romanised form."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._taken: set[str] = set()
        self._given = {country: text.split() for country, text in _GIVEN.items()}
        self._surnames = {country: text.split() for country, text in _SURNAME.items()}
        self._stems = {country: (a.split(), b.split()) for country, (a, b) in _STEM.items()}
        self._streets = {country: text.split() for country, text in _STREET.items()}

    def person(self, country: str) -> tuple[str, str]:
        """A person's name: romanised, and native where the script is not Latin."""
        given, surname = self.rng.choice(self._given[country]), self.rng.choice(self._surnames[country])
        if country == "TR" and self.rng.random() < 0.25:
            given += f" {self.rng.choice(self._given[country])}"
        elif country == "BG" and given.endswith("а"):
            surname = f"{surname[:-2]}ска" if surname.endswith("ски") else f"{surname}а"
        return self._both(f"{given} {surname}")

    def firm(self, country: str, trade: str) -> tuple[str, str]:
        """A firm's full name: romanised, and native. `trade` is haulier, broker or trader."""
        business = self.rng.choice(_TRADE[country][trade])
        form = self.rng.choice(_FORM[country])
        words: list[str] = []
        while True:
            words.append(self._stem(country))
            name = " ".join((form, *words, business) if country == "GE" else (*words, business, form))
            if name not in self._taken:
                self._taken.add(name)
                return self._both(name)

    def _stem(self, country: str) -> str:
        first, second = (self.rng.choice(part) for part in self._stems[country])
        return f"{first} {second}" if country in ("SY", "GE", "RO") else f"{first}{second}"

    def ship(self) -> str:
        """A ship's name."""
        number = 1
        base = " ".join(self.rng.choice(part) for part in _SHIP)
        while f"{base} {number}" in self._taken:
            number += 1
        self._taken.add(f"{base} {number}")
        return f"{base} {number}" if number > 1 else base

    def address(self, country: str) -> str:
        """Street, number and city; a city of the country."""
        street = romanise(self.rng.choice(self._streets[country]))
        street = street[0].upper() + street[1:]
        city = self.rng.choice(CITIES[country])
        number = self.rng.randrange(1, 240)
        if country == "TR":
            return f"{street} Sok. No: {number}/{self.rng.randrange(1, 30)} {city}"
        return f"{street} St. {number}, {city}"

    def _both(self, name: str) -> tuple[str, str]:
        latin = romanise(name)
        if "\u10d0" <= name[0] <= "\u10ff":
            words = latin.title().split()
            # Georgian has no capitals, and its form of company stands first.
            latin = " ".join([*words[1:], "LLC"] if words[0] == "Shps" else words)
        return (name, "") if latin == name else (latin, name)


def neighbour(firm: str) -> str:
    """A name that looks much like a firm's and is another's: the second last letter of the stem doubled, or a plural."""
    stem, _, rest = firm.partition(" ")
    return f"{stem[:-1]}lar {rest}" if stem.endswith(("ı", "i", "u")) else f"{stem}lı {rest}"
