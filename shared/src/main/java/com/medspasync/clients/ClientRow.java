package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.Row;
import com.medspasync.keyring.WrappedKeys;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client as the database has it: read while the connection is held, decrypted after it is given back, because that may need
 * a connection itself.
 *
 * @param sealed the ciphertexts of the columns that are not null
 */
record ClientRow(ClientSummary plain, Map<SealedColumn, byte[]> sealed, WrappedKeys keys) {

    /** What {@link #summary} reads. */
    static final String SUMMARY_COLUMNS =
            "id, first_name, last_name, email, phone, status, version, created_at, updated_at";

    /** What {@link #of} reads, besides the keys. */
    static final String COLUMNS =
            SUMMARY_COLUMNS + ", date_of_birth, ssn, address, emergency_contact, medical_history, notes";

    static ClientRow of(Row row) {
        Map<SealedColumn, byte[]> sealed = new EnumMap<>(SealedColumn.class);
        for (SealedColumn column : SealedColumn.values()) {
            byte[] value = row.bytesOrNull(column.column());
            if (value != null) {
                sealed.put(column, value);
            }
        }
        return new ClientRow(summary(row), sealed, WrappedKeys.of(row));
    }

    static ClientSummary summary(Row row) {
        return summary(row, "");
    }

    /** @param prefix of the columns' names */
    static ClientSummary summary(Row row, String prefix) {
        String phone = row.textOrNull(prefix + "phone");
        return new ClientSummary(
                row.uuid(prefix + "id"),
                new PersonName(row.text(prefix + "first_name")),
                new PersonName(row.text(prefix + "last_name")),
                new EmailAddress(row.text(prefix + "email")),
                phone == null ? null : new PhoneNumber(phone),
                ClientStatus.valueOf(row.text(prefix + "status")),
                row.integer(prefix + "version"),
                row.instant(prefix + "created_at"),
                row.instant(prefix + "updated_at"));
    }

    byte @Nullable [] sealed(SealedColumn column) {
        return sealed.get(column);
    }
}
