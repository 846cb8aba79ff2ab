package com.medspasync.functions.http.kernel;

import java.util.Locale;

/** Every kind of refusal the API gives. A client's program tells them apart by {@link #code}, which never changes its meaning. */
public enum ProblemType {
    /** The request breaks the contract; {@code errors} says where. */
    INVALID(400, "Bad Request"),
    /** No access token, or one that is not trusted. */
    UNAUTHENTICATED(401, "Unauthorized"),
    /** The access token is good, but it is too long ago that its user was proved to be who they are. */
    STEP_UP_REQUIRED(401, "Unauthorized"),
    /** The practice asks a second factor of the caller's role, and the caller has set up none yet. */
    SECOND_FACTOR_REQUIRED(403, "Forbidden"),
    /** The caller's role does not allow it. */
    FORBIDDEN(403, "Forbidden"),
    /** Nothing there, or nothing that the caller's practice may know of. */
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    /** The request is right, but not in the state that things are in. */
    CONFLICT(409, "Conflict"),
    /** It was there and has been deleted. */
    GONE(410, "Gone"),
    /** Its keys were destroyed: it cannot be read, changed or restored by anybody. */
    SHREDDED(410, "Gone"),
    /** A body without a Content-Length, which the platform cannot read. */
    LENGTH_REQUIRED(411, "Length Required"),
    /** If-Match does not name the current version. */
    STALE(412, "Precondition Failed"),
    TOO_LARGE(413, "Content Too Large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    /** The file has none of the bytes that Range asks for. */
    RANGE_NOT_SATISFIABLE(416, "Range Not Satisfiable"),
    /** The Idempotency-Key was used before, for another request. */
    IDEMPOTENCY_KEY_REUSED(422, "Unprocessable Content"),
    /** A change without If-Match. */
    PRECONDITION_REQUIRED(428, "Precondition Required"),
    TOO_MANY_REQUESTS(429, "Too Many Requests"),
    /** The record holds what was not stored there by the platform, or its key is gone: it is not shown in part either. */
    UNREADABLE(500, "Internal Server Error"),
    /** A fault of the platform's, which its log tells by the trace id. */
    INTERNAL(500, "Internal Server Error"),
    /** Something the platform needs is away; {@code Retry-After} says when to try again. */
    UNAVAILABLE(503, "Service Unavailable");

    private final int status;
    private final String title;
    private final String code;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    /** The phrase of the status code, as RFC 9457 asks where the type is {@code about:blank}. */
    public String title() {
        return title;
    }

    /** For programs, such as {@code not-found}. */
    public String code() {
        return code;
    }
}
