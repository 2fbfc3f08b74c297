package dev.fairlead.dialect.upstart;

import dev.fairlead.dialect.Support;

/// One stanza of init(5): the syntax check, the help and a row of the table in the documentation.
///
/// @param form its words, as the documentation shows them
/// @param doc what it says, or why it says nothing here
/// @param reader takes what follows the stanza's name on its line
record Stanza(String name, String form, Support support, String doc, Reader reader) {
    /// Takes a stanza into the draft of a job.
    @FunctionalInterface
    interface Reader {
        void read(StanzaReading reading);
    }

    static Stanza followed(String name, String form, String doc, Reader reader) {
        return new Stanza(name, form, new Support.Full(), doc, reader);
    }

    /// Read and left aside, which is said.
    static Stanza noted(String name, String form, String reason) {
        return new Stanza(name, form, new Support.WithoutEffect(reason, false), reason, reading -> {
            reading.note(reason);
            reading.skip();
        });
    }

    static Stanza refused(String name, String form, String reason) {
        return new Stanza(name, form, new Support.Refused(reason), reason, reading -> {
            reading.error("upstart.not-supported", reading.name().span(), "\"" + name + "\" is not supported", reason);
            reading.skip();
        });
    }
}
