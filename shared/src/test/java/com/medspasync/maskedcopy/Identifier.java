package com.medspasync.maskedcopy;

import java.util.List;

/** The 18 of 45 CFR 164.514(b)(2)(i), by the letters of the rule, with what {@link SourcePractice} has of each in columns, texts and settings. */
enum Identifier {
    A_NAMES("Marguerite", "Thibodeaux", "Philomène", "Guidry", "Odile", "Fontenot", "Théodule"),
    B_PLACES("4471", "Bellefontaine", "Natchitoches", "71457", "714", "Apt 12B", "Monticello", "Kentucky"),
    C_DATES(
            "1957-08-23",
            "1921-04-05",
            "2025-03-17",
            "2025-04-09",
            "2025-02-03",
            "2025-03-18",
            "2025-04-10",
            "1921",
            "654321",
            "131415",
            "345678"),
    D_PHONES("+13183527781", "318-352-7781", "3527781", "+13183527799", "+13183527700", "(318) 352-7781"),
    E_FAXES("318.352.7790", "3527790"),
    F_EMAILS("marguerite.1@bayoumail.test", "bayoumail", "thibodeaux-skin.test", "odile.1@", "desk@thibodeaux"),
    G_SOCIAL_SECURITY_NUMBERS("437829165", "437-82-9165", "438110022"),
    H_MEDICAL_RECORD_NUMBERS("00784512"),
    I_HEALTH_PLAN_NUMBERS("1EG4-TE5-MK73", "1EG4TE5MK73"),
    J_ACCOUNTS("8820-114-5567"),
    K_LICENSES("009845213", "LA-MED-40771", "40771", "72-5519034"),
    L_VEHICLES("XKD 482", "1HGCM82633A004352"),
    M_DEVICES("GTX-55120-B", "55120"),
    N_URLS("https://photos", "photos.bayoumail.test"),
    O_IP_ADDRESSES("198.51.100.77"),
    P_BIOMETRICS("FP-77ab31c9", "77ab31c9"),
    Q_PHOTOGRAPHS("marguerite.jpg"),
    R_OTHER_CODES("ZETA-41-QP", "Rk9zX0lQd1hUbVZyZ3BuS", "0190a1b2-c3d4-7001", "8a5b-4c3d", "8a5b-4c3e");

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> values;

    Identifier(String... values) {
        this.values = List.of(values);
    }

    List<String> examples() {
        return values;
    }
}
