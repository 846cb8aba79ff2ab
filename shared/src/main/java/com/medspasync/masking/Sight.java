package com.medspasync.masking;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one caller sees: what its role sees, and in full what that sees masked once the caller has stated a purpose. A field that is
 * withheld stays so, but in an emergency, and then of the one client whom that is about: there the caller sees all that may matter to
 * somebody's health. Immutable.
 */
public final class Sight {

    private static final Sight NOBODY = new Sight(null, false, false);
    private static final Map<Role, Sight> WITHOUT_PURPOSE = ofRoles(false, false);
    private static final Map<Role, Sight> WITH_PURPOSE = ofRoles(true, false);
    private static final Map<Role, Sight> IN_EMERGENCY = ofRoles(false, true);
    private static final Map<Role, Sight> IN_EMERGENCY_WITH_PURPOSE = ofRoles(true, true);

    private final Map<ClientField, Visibility> visibilities = new EnumMap<>(ClientField.class);
    private final List<ClientField> withheld;
    private final List<ClientField> unmasked;

    private Sight(@Nullable Role role, boolean purpose, boolean emergency) {
        List<ClientField> hidden = new ArrayList<>();
        List<ClientField> opened = new ArrayList<>();
        for (ClientField field : ClientField.values()) {
            Visibility visibility = Visibilities.of(role, field);
            boolean masked = visibility == Visibility.MASKED;
            if ((masked && purpose)
                    || (visibility != Visibility.FULL && emergency && Visibilities.mattersInEmergency(field))) {
                opened.add(field);
                visibility = Visibility.FULL;
            }
            if (visibility == Visibility.WITHHELD) {
                hidden.add(field);
            }
            visibilities.put(field, visibility);
        }
        this.withheld = List.copyOf(hidden);
        this.unmasked = List.copyOf(opened);
    }

    private static Map<Role, Sight> ofRoles(boolean purpose, boolean emergency) {
        Map<Role, Sight> sights = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            sights.put(role, new Sight(role, purpose, emergency));
        }
        return sights;
    }

    /** What {@code caller} sees of clients in general. */
    public static Sight of(Caller caller) {
        return of(caller, caller.purpose() == null ? WITHOUT_PURPOSE : WITH_PURPOSE);
    }

    /** What {@code caller} sees of {@code client}. */
    public static Sight of(Caller caller, UUID client) {
        Emergency emergency = caller.emergency();
        return emergency == null || !emergency.client().equals(client)
                ? of(caller)
                : of(caller, caller.purpose() == null ? IN_EMERGENCY : IN_EMERGENCY_WITH_PURPOSE);
    }

    private static Sight of(Caller caller, Map<Role, Sight> sights) {
        Role role = caller.role();
        return role == null || role == Role.OPERATOR ? NOBODY : sights.getOrDefault(role, NOBODY);
    }

    public Visibility of(ClientField field) {
        return visibilities.getOrDefault(field, Visibility.WITHHELD);
    }

    /** The fields that are not shown, whether or not a record has them: that it has them is not shown either. */
    public List<ClientField> withheld() {
        return withheld;
    }

    /**
     * What the audit keeps, as details of a disclosure: which of the {@code shown} fields the caller sees in full only because it
     * stated a purpose, or because of an emergency, such as <code>{"unmasked": ["ssn"]}</code>; null when there are none. Never a value.
     */
    public @Nullable String unmasked(Set<ClientField> shown) {
        if (unmasked.isEmpty()) {
            return null;
        }
        String names = unmasked.stream()
                .filter(shown::contains)
                .map(field -> "\"" + field.text() + "\"")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : "{\"unmasked\": [" + names + "]}";
    }
}
