package dev.fairlead.model.service.socket;

/// Who answers on the sockets of a unit.
public sealed interface Activation {
    /// One service gets the sockets themselves, and is started when something arrives.
    ///
    /// @param service its full name
    /// @param dropsWaiting whether what arrived while it ran, and was left, is dropped when it ends
    record OneService(String service, boolean dropsWaiting) implements Activation {}

    /// Each connection gets an instance of a template of its own.
    ///
    /// @param template its full name, such as `echo@.service`
    /// @param most how many there may be at once
    /// @param mostPerSource how many of one sender; 0: as many as there may be
    record PerConnection(String template, int most, int mostPerSource) implements Activation {}
}
