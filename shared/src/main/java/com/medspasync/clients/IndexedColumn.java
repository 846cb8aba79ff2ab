package com.medspasync.clients;

import com.medspasync.contact.PersonName;
import com.medspasync.crypto.BlindIndex;

/**
 * What encrypted values of a client can be found by: a blind index and its two columns. The index under version v of the practice's key
 * lies in the odd column or in the even one, as v is odd or even. The names and the normal forms are a stored format.
 */
enum IndexedColumn {
    /** Whole, because no two clients of a practice have one number. */
    SSN("ssn_index", SealedColumn.SSN, "ssn", false),
    /** Truncated: people share birthdays and names, and who reads the table is not to see who does. */
    BIRTH_AND_NAME("dob_name_index", SealedColumn.DATE_OF_BIRTH, "dob_name", true);

    private static final int NORMALISATION = 1;

    private final String column;
    private final SealedColumn sealed;
    private final String key;
    private final boolean truncated;

    IndexedColumn(String column, SealedColumn sealed, String key, boolean truncated) {
        this.column = column;
        this.sealed = sealed;
        this.key = key;
        this.truncated = truncated;
    }

    /** What the names of its columns begin with. */
    String column() {
        return column;
    }

    /** The column whose ciphertext says whether a row that was found is meant. */
    SealedColumn sealed() {
        return sealed;
    }

    BlindIndex index() {
        return new BlindIndex("clients", key, NORMALISATION, truncated);
    }

    /** The form that is digested: nine digits. */
    static String normal(Ssn ssn) {
        return ssn.digits();
    }

    /** The form that is digested: the date by ISO 8601, a line feed, and the last name as searches compare it. */
    static String normal(DateOfBirth dateOfBirth, PersonName lastName) {
        return dateOfBirth.value() + "\n" + lastName.searchForm();
    }
}
