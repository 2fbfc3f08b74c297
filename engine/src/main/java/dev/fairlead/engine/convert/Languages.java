package dev.fairlead.engine.convert;

import dev.fairlead.model.text.Conversion;
import org.jspecify.annotations.Nullable;

/// Chooses among languages what an Accept-Language list prefers (RFC 9110, section 12.5.4).
public final class Languages {
    private Languages() {}

    /// @return the known language of the greatest weight, the first of equals
    public static @Nullable String choose(Conversion.Language choice, String list) {
        String best = choice.otherwise().orElse(null);
        int bestWeight = 0;
        for (String entry : list.split(",", -1)) {
            int semicolon = entry.indexOf(';');
            String name = (semicolon < 0 ? entry : entry.substring(0, semicolon)).strip();
            int weight =
                    semicolon < 0 ? 1000 : weight(entry.substring(semicolon + 1).strip());
            if (weight > bestWeight) {
                for (String known : choice.known()) {
                    if (known.equalsIgnoreCase(name)) {
                        best = known;
                        bestWeight = weight;
                    }
                }
            }
        }
        return best;
    }

    /// In thousandths; 0 for what is not sound.
    private static int weight(String parameter) {
        if (!parameter.matches("[qQ]=[01](\\.[0-9]{0,3})?")) {
            return 0;
        }
        String digits = parameter.substring(2).replace(".", "");
        return Math.min(1000, Integer.parseInt((digits + "000").substring(0, 4)));
    }
}
