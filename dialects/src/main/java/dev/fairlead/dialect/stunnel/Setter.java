package dev.fairlead.dialect.stunnel;

/// Puts an option into effect.
@FunctionalInterface
interface Setter {
    /// @param service the section it stands in; before the first, what all sections begin with
    void apply(Line.Option option, Service service, Global global, Reading reading);
}
