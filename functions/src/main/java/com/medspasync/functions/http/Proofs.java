package com.medspasync.functions.http;

import com.medspasync.identity.RecoveryCode;
import com.medspasync.identity.SecondFactor;
import com.medspasync.identity.StepUps.Evidence;
import com.medspasync.identity.TotpCode;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.password.Password;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what users prove themselves with. */
final class Proofs {

    /** Of a code or token, in characters; they are read exactly after that. */
    private static final int MOST = 200;

    private Proofs() {}

    /** The second half of a login. */
    record Second(String ticket, SecondFactor.Given factor) {

        static Parsed<Second> read(Fields in) {
            Given<String> ticket = in.secret("ticket", MOST).required();
            SecondFactor.Given factor = secondFactor(in);
            if (in.isGiven("code") == in.isGiven("recoveryCode")) {
                in.reject("", "choice", "must have either code or recoveryCode");
            }
            return in.finish(() -> new Second(ticket.value(), Objects.requireNonNull(factor)));
        }

        @Override
        public String toString() {
            return "Second[hidden]";
        }
    }

    /** What proves somebody again: a second factor, or the password of who has none. */
    static Parsed<Evidence> evidence(Fields in) {
        SecondFactor.Given factor = secondFactor(in);
        Password password = in.secret("password", AuthFunctions.UNBOUNDED)
                .then(Password::typed)
                .optional();
        if (count(in, "code", "recoveryCode", "password") != 1) {
            in.reject("", "choice", "must have one of code, recoveryCode and password");
        }
        return in.finish(() ->
                factor != null ? new Evidence.Factor(factor) : new Evidence.Secret(Objects.requireNonNull(password)));
    }

    /** What an authenticator shows that is to be set up. */
    static Parsed<TotpCode> code(Fields in) {
        Given<TotpCode> code = in.secret("code", MOST).then(TotpCode::parse).required();
        return in.finish(code::value);
    }

    private static SecondFactor.@Nullable Given secondFactor(Fields in) {
        TotpCode code = in.secret("code", MOST).then(TotpCode::parse).optional();
        RecoveryCode recovery =
                in.secret("recoveryCode", MOST).then(RecoveryCode::parse).optional();
        if (code != null) {
            return new SecondFactor.Given.Code(code);
        }
        return recovery == null ? null : new SecondFactor.Given.Recovery(recovery);
    }

    private static int count(Fields in, String... names) {
        int given = 0;
        for (String name : names) {
            given += in.isGiven(name) ? 1 : 0;
        }
        return given;
    }
}
