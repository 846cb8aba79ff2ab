package com.medspasync.availability;

import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;

/** The statement that finds free times. */
final class AvailabilityStatements implements StatementExercise {

    @Override
    public void run(Stage stage, int round) {
        Diary diary = new Diary(stage.database(), "Europe/Berlin", null, 15);
        diary.service(5, 30, 10);
        UUID staff = diary.staff(Diary.daily(Diary.hours("09:00-17:00")));
        LocalDate day = LocalDate.now(Clock.systemUTC()).plusDays(round);
        new Availability(stage.open(DatabaseRole.APP), Clock.systemUTC())
                .find(diary.caller, new AvailabilityRequest(diary.service, round % 2 == 0 ? null : staff, day, day));
    }
}
