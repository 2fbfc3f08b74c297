package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;

/// `location /img/ { alias /srv/images; }` looks for `/img/a.png` at `/srv/imagesa.png`.
final class AliasSlash implements LintRule {
    static final String ID = "lint.alias-slash";

    @Override
    public void look(Branch branch, Problems problems) {
        String text = branch.arg(0);
        boolean isOpen = branch.is("alias") && !text.endsWith("/") && text.indexOf('$') < 0;
        if (!isOpen) {
            return;
        }
        Locations.prefix(branch).filter(prefix -> prefix.endsWith("/")).ifPresent(prefix -> {
            Word folder = branch.args().getFirst();
            int end = folder.span().end() - (folder.span().text().endsWith(text) ? 0 : 1);
            problems.add(Diagnostic.warning(
                            ID, folder.span(), "\"" + prefix + "file\" is looked for at \"" + text + "file\"")
                    .hint("end it with a slash, as the location does: alias " + text + "/")
                    .fix(Fix.replace(new Span(folder.span().file(), end, end), "/")));
        });
    }
}
