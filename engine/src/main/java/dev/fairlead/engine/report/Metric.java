package dev.fairlead.engine.report;

/// A metric for Prometheus: what its name, its type and a sentence for people are.
///
/// @param name whole, as `haproxy_process_nbthread`
/// @param isCounter whether it only grows; else it goes up and down
record Metric(String name, boolean isCounter, String help) {
    /// What is said where nothing is known: to Prometheus it is a value that stands for none.
    static final String UNKNOWN = "NaN";

    /// The two lines in front of its values.
    void head(StringBuilder out) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(isCounter ? " counter\n" : " gauge\n");
    }

    /// One value.
    ///
    /// @param labels what stands between the braces; empty for none
    void value(String labels, String value, StringBuilder out) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    /// `name="text"`, with what would end the text escaped.
    static String label(String name, String text) {
        return name + "=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
