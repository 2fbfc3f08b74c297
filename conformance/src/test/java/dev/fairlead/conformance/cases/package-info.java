/// Cases of a comparison between a program and Fairlead: text files with a configuration, requests and what makes
/// a case's name true; their format is told in [CaseFile]. What a client and the upstreams see is an [Outcome].
@NullMarked
package dev.fairlead.conformance.cases;

import org.jspecify.annotations.NullMarked;
