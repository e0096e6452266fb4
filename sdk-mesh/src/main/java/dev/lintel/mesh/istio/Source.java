package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of whom one rule of a policy speaks: all that is said must hold.
 *
 * @param of identities, empty for all
 * @param in namespaces, empty for all
 * @param not identities that are not meant
 * @param notIn namespaces that are not meant
 * @param tokens what is said of tokens
 */
record Source(List<Who> of, List<Who> in, List<Who> not, List<Who> notIn, Tokens tokens) {
    static final Source ANYBODY = new Source(List.of(), List.of(), List.of(), List.of(), Tokens.NOT_ASKED);

    /** What a source says of tokens. */
    enum Tokens {
        /** Nothing. */
        NOT_ASKED,
        /** A good one must be there. */
        NEEDED,
        /** A good one of an issuer that nobody trusts. */
        IMPOSSIBLE,
        /** There must be none. */
        MISSING
    }

    boolean includes(Peer who) {
        return (of.isEmpty() || Who.any(of, who))
                && (in.isEmpty() || Who.any(in, who))
                && !Who.any(not, who)
                && !Who.any(notIn, who);
    }

    /** Whether only some are left out, so that who has no identity is meant as well. */
    boolean isOpenToStrangers() {
        return of.isEmpty() && in.isEmpty() && !(not.isEmpty() && notIn.isEmpty());
    }

    /** All whom it names. */
    Stream<Who> named() {
        return Stream.of(of, in, not, notIn).flatMap(List::stream);
    }

    /**
     * Reads a source.
     *
     * @param issuers whose tokens are good
     */
    static Source read(Fields source, String trustDomain, String namespace, List<String> issuers) {
        List<Who> of = principals(source, "principals", trustDomain);
        of.addAll(accounts(source, "serviceAccounts", namespace));
        List<Who> not = principals(source, "notPrincipals", trustDomain);
        not.addAll(accounts(source, "notServiceAccounts", namespace));
        Source read = new Source(
                of,
                namespaces(source, "namespaces"),
                not,
                namespaces(source, "notNamespaces"),
                tokens(source, issuers));
        source.end();
        return read;
    }

    private static Tokens tokens(Fields source, List<String> issuers) {
        List<String> needed = source.texts("requestPrincipals");
        List<String> not = source.texts("notRequestPrincipals");
        if (!not.isEmpty()) {
            if (!not.equals(List.of("*")) || !needed.isEmpty()) {
                source.problem("leaves out some tokens only: " + not);
            }
            return Tokens.MISSING;
        }
        if (needed.isEmpty()) {
            return Tokens.NOT_ASKED;
        }
        if (needed.contains("*")) {
            return issuers.isEmpty() ? Tokens.IMPOSSIBLE : Tokens.NEEDED;
        }
        long met = issuers.stream()
                .filter(issuer -> needed.contains(issuer + "/*"))
                .count();
        if (met != 0 && met != issuers.size()) {
            source.problem("trusts some of the issuers only: " + needed);
        }
        return met == 0 ? Tokens.IMPOSSIBLE : Tokens.NEEDED;
    }

    private static List<Who> principals(Fields source, String name, String trustDomain) {
        List<Who> who = new ArrayList<>();
        for (String text : source.texts(name)) {
            add(who, Who.principal(text, trustDomain), source, name + " is no workload of this mesh: " + text);
        }
        return who;
    }

    private static List<Who> accounts(Fields source, String name, String namespace) {
        List<Who> who = new ArrayList<>();
        for (String text : source.texts(name)) {
            add(who, Who.serviceAccount(text, namespace), source, name + " is no service account: " + text);
        }
        return who;
    }

    private static List<Who> namespaces(Fields source, String name) {
        List<Who> who = new ArrayList<>();
        for (String text : source.texts(name)) {
            add(who, Who.namespace(text), source, name + " is no name of a namespace: " + text);
        }
        return who;
    }

    /** Who cannot be read is a problem; in his place stands nobody, so that a list does not become empty, which means all. */
    private static void add(List<Who> into, Optional<Who> who, Fields source, String problem) {
        if (who.isEmpty()) {
            source.problem(problem);
        }
        into.add(who.orElse(new Who("", "")));
    }
}
