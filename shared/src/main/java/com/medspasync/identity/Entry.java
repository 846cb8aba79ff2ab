package com.medspasync.identity;

import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import java.time.Duration;

/**
 * What somebody is given who is in: tokens.
 *
 * @param refresh gets the next of both
 * @param longest until the session ends, however busy it is
 */
public record Entry(AccessTokens.Issued token, RefreshToken refresh, Duration longest, Authenticated user) {}
