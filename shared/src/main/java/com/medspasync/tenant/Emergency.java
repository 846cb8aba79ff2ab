package com.medspasync.tenant;

import java.util.UUID;

/**
 * Leave to see one client's whole record whatever the role, for a while, because somebody may come to harm otherwise (emergency access,
 * 45 CFR 164.312(a)(2)(ii)).
 *
 * @param access names it in the audit
 */
public record Emergency(UUID access, UUID client) {}
