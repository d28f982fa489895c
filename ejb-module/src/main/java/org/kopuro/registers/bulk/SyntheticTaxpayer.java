package org.kopuro.registers.bulk;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.TaxpayerKind;

/** One invented taxpayer: the demo taxpayers at 0, 1 and 2, then a repeating pattern of kinds. */
record SyntheticTaxpayer(String inn, TaxpayerKind kind, String fullName, String districtCode, String postcode, String address,
        String activityCode, LocalDate registeredOn, LocalDate endedOn) {

    // Large and odd: neighbouring seeds share no draws.
    private static final long SEED_STEP = 0xD1342543DE82EF95L;
    private static final int DEMO_COUNT = 3;
    private static final int PATTERN = 10;
    private static final int ORGANISATIONS_OF_PATTERN = 2;
    private static final int ENTREPRENEURS_OF_PATTERN = 3;
    private static final int PEOPLE_OF_PATTERN = PATTERN - ORGANISATIONS_OF_PATTERN;

    private static final int FIRST_YEAR_OF_ORGANISATIONS = 1995;
    private static final int YEARS_OF_ORGANISATIONS = 30;
    private static final int FIRST_YEAR_OF_PEOPLE = 1950;
    private static final int YEARS_OF_PEOPLE = 55;

    private static final String[] SURNAMES = {
        "Абдылдаев", "Акматов", "Асанов", "Бекбоев", "Бейшеналиев", "Волков", "Джумабаев", "Жээнбеков", "Иванов", "Исаков",
        "Касымов", "Ким", "Кудайбергенов", "Мамытов", "Маматов", "Нурматов", "Орозбеков", "Осмонов", "Петров", "Раимбеков",
        "Садыков", "Сыдыков", "Токтогулов", "Турдубаев", "Усенов", "Шаршеналиев", "Эшимов", "Юсупов", "Ырысбеков", "Өмүралиев"};
    private static final String[] MEN = {
        "Азамат", "Айбек", "Алмаз", "Бакыт", "Данияр", "Жаныбек", "Кубанычбек", "Максат", "Нурлан", "Сергей", "Тилек",
        "Улан", "Чыңгыз", "Эмил", "Өмүрбек"};
    private static final String[] WOMEN = {
        "Айгүл", "Айнура", "Алтынай", "Асел", "Бермет", "Гүлнара", "Жазгүл", "Зарина", "Кыял", "Мээрим", "Назира",
        "Салтанат", "Татьяна", "Чынара", "Элмира"};
    private static final String[] FATHERS = {
        "Абдыкадыр", "Асан", "Бакыт", "Болот", "Жумабек", "Иван", "Керим", "Мырза", "Нурдин", "Осмон", "Талант", "Эсен"};
    private static final String[] FIRMS = {
        "Ак-Суу", "Ала-Арча", "Алтын-Булак", "Береке", "Жаңы-Жол", "Керме-Тоо", "Көк-Жар", "Манас-Ата", "Мурас", "Нур-Сай",
        "Строймонтаж", "Сары-Өзөн", "Тулпар", "Чолпон", "Ысык-Булак"};
    private static final String[] STREETS = {
        "ул. Учебная", "ул. Примерная", "ул. Тестовая", "ул. Тополиная", "ул. Абрикосовая", "пер. Учебный", "пр. Примерный"};
    private static final String[] ACTIVITIES = {
        "47.11.0", "49.41.0", "41.20.0", "56.10.1", "62.01.0", "01.41.0", "86.21.0", "95.29.0", "14.13.0", "85.59.0"};
    private static final String[] DISTRICTS = {
        "001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012", "013"};

    static SyntheticTaxpayer at(int index, long seed) {
        return switch (index) {
            case 0 -> new SyntheticTaxpayer(SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits(), TaxpayerKind.ENTREPRENEUR,
                    "Демо предприниматель Айбек", "004", "720000", "г. Бишкек, ул. Учебная, 1", "47.11.0",
                    LocalDate.of(2019, 3, 1), null);
            case 1 -> new SyntheticTaxpayer(SyntheticTaxpayers.DEMO_ORGANISATION.digits(), TaxpayerKind.ORGANISATION,
                    "Демо ОсОО", "004", "720000", "г. Бишкек, ул. Учебная, 2", "62.01.0", LocalDate.of(2020, 3, 2), null);
            case 2 -> new SyntheticTaxpayer(SyntheticTaxpayers.DEMO_PERSON.digits(), TaxpayerKind.PERSON,
                    "Демо Айгүл Талантовна", "004", "720000", "г. Бишкек, ул. Учебная, 3", null, LocalDate.of(2013, 9, 2), null);
            default -> invented(index, random(index, seed, 0));
        };
    }

    /** Draws for one purpose at one place; two purposes do not disturb each other. */
    static SplittableRandom random(int index, long seed, int purpose) {
        return new SplittableRandom(seed * SEED_STEP + index * 2L + purpose);
    }

    boolean isDemo() {
        return Integer.parseInt(inn.substring(9)) < SyntheticTaxpayers.FIRST_NUMBER;
    }

    /** The INN of an organisation that was made before the taxpayer at {@code index}. */
    static String organisationBefore(int index, SplittableRandom random) {
        int before = (index - DEMO_COUNT) / PATTERN * ORGANISATIONS_OF_PATTERN;
        return before == 0 ? SyntheticTaxpayers.DEMO_ORGANISATION.digits() : organisationInn(random.nextInt(before));
    }

    void writeTo(CopyText rows) {
        rows.value(Contour.TEST.name()).value(inn).value(kind.name()).value(fullName).value(districtCode).value(postcode)
                .value(address).value(activityCode).value(registeredOn).value(endedOn);
        rows.endRow();
    }

    private static SyntheticTaxpayer invented(int index, SplittableRandom random) {
        int place = index - DEMO_COUNT;
        int group = place / PATTERN;
        int member = place % PATTERN;
        String district = pick(DISTRICTS, random);
        String postcode = "72" + (1000 + random.nextInt(9000));
        String address = pick(STREETS, random) + ", " + (1 + random.nextInt(200)) + ", кв. " + (1 + random.nextInt(90));
        LocalDate registeredOn = LocalDate.of(2005 + random.nextInt(18), 1 + random.nextInt(12), 1 + random.nextInt(28));
        LocalDate endedOn = random.nextInt(100) < 3 ? registeredOn.plusDays(30 + random.nextInt(900)) : null;
        if (member < ORGANISATIONS_OF_PATTERN) {
            int number = group * ORGANISATIONS_OF_PATTERN + member;
            return new SyntheticTaxpayer(organisationInn(number), TaxpayerKind.ORGANISATION,
                    "ОсОО «" + pick(FIRMS, random) + "-" + (number + 1) + "»", district, postcode, address,
                    pick(ACTIVITIES, random), registeredOn, endedOn);
        }
        int number = group * PEOPLE_OF_PATTERN + member - ORGANISATIONS_OF_PATTERN;
        boolean entrepreneur = member < ORGANISATIONS_OF_PATTERN + ENTREPRENEURS_OF_PATTERN;
        String inn = personInn(number);
        boolean woman = inn.charAt(0) == '1';
        String surname = pick(SURNAMES, random);
        String name = (woman && surname.endsWith("в") ? surname + "а" : surname) + " "
                + pick(woman ? WOMEN : MEN, random) + " " + pick(FATHERS, random) + (woman ? " кызы" : " уулу");
        return new SyntheticTaxpayer(inn, entrepreneur ? TaxpayerKind.ENTREPRENEUR : TaxpayerKind.PERSON, name, district,
                postcode, address, entrepreneur ? pick(ACTIVITIES, random) : null, registeredOn, endedOn);
    }

    private static String organisationInn(int number) {
        return "03002" + (FIRST_YEAR_OF_ORGANISATIONS + number % YEARS_OF_ORGANISATIONS)
                + (SyntheticTaxpayers.FIRST_NUMBER + number / YEARS_OF_ORGANISATIONS);
    }

    private static String personInn(int number) {
        int year = number / 2;
        return (1 + number % 2) + "3002" + (FIRST_YEAR_OF_PEOPLE + year % YEARS_OF_PEOPLE)
                + (SyntheticTaxpayers.FIRST_NUMBER + year / YEARS_OF_PEOPLE);
    }

    private static String pick(String[] words, SplittableRandom random) {
        return words[random.nextInt(words.length)];
    }
}
