package dev.fairlead.model.text;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value chosen by another value. Tables are compared by identity of name and origin, and evaluated lazily.
public sealed interface LookupTable {
    String name();

    Span origin();

    /// Chosen by text: exact first, then the longest leading wildcard, the longest trailing wildcard, then
    /// regular expressions in order, then the default.
    ///
    /// @param exact lower-case keys
    /// @param leading lower-case suffixes for `*.example.org`, stored as `.example.org`; only when `hostnames`
    /// @param trailing lower-case prefixes for `www.example.*`, stored as `www.example.`; only when `hostnames`
    /// @param hostnames whether keys are host names (a trailing dot of the input is dropped)
    /// @param volatileValue whether it is evaluated anew each time it is used
    record ByText(
            String name,
            Template input,
            Map<String, Template> exact,
            Map<String, Template> leading,
            Map<String, Template> trailing,
            List<RegexEntry> regexes,
            Optional<Template> otherwise,
            boolean hostnames,
            boolean volatileValue,
            Span origin)
            implements LookupTable {}

    record RegexEntry(Regex regex, Template value) {}

    /// Chosen by address: the most specific block, then the default.
    ///
    /// @param input the address as text; the client's address where none is named
    /// @param trustedProxies peers whose X-Forwarded-For names the address instead
    record ByAddress(
            String name,
            Template input,
            Map<AddressRange.Block, String> blocks,
            String otherwise,
            List<AddressRange.Block> trustedProxies,
            boolean trustChain,
            Span origin)
            implements LookupTable {}

    /// Chosen by the hash of a text (MurmurHash2, seed 0) in proportion.
    ///
    /// @param shares in order; each share's upper bound is the sum so far, in hundredths of a percent; the last
    ///     may be `*`
    record ByShare(String name, Template input, List<Share> shares, Span origin) implements LookupTable {}

    /// @param hundredths of a percent; empty for "all that is left"
    record Share(Optional<Integer> hundredths, Template value) {}
}
