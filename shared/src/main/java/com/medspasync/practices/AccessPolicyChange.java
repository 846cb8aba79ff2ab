package com.medspasync.practices;

/** What became of the wish to change what a practice asks of its users. */
public sealed interface AccessPolicyChange {

    /** What it asks now. */
    record Changed(AccessPolicies.Versioned now) implements AccessPolicyChange {}

    /** Somebody else changed the practice first. */
    record Stale() implements AccessPolicyChange {}

    /** There is no such practice. */
    record NoPractice() implements AccessPolicyChange {}
}
