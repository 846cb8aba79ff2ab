package com.medspasync.masking;

/** How much of a field a role sees. {@link Visibilities} says which role sees how much of which. */
public enum Visibility {
    /** The value. */
    FULL,
    /** What {@link Masks} leaves of the value; the value itself to who states a purpose. */
    MASKED,
    /** Nothing, for any purpose. */
    WITHHELD
}
