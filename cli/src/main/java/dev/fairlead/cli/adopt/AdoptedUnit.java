package dev.fairlead.cli.adopt;

import dev.fairlead.model.app.Application;
import java.nio.file.Path;
import java.util.Optional;

/// What is written for an application whose unit would start gunicorn.
///
/// @param unit its full name
/// @param addresses what is listened on, as gunicorn says it
/// @param errorLog the file gunicorn's own messages go to; empty: the unit's journal
/// @param logLevel least level of messages, in gunicorn's words
/// @param pidFile where gunicorn would write its process id
public record AdoptedUnit(
        String unit,
        Application application,
        String addresses,
        Optional<Path> errorLog,
        String logLevel,
        Optional<Path> pidFile) {}
