package dev.lintel.core.evaluate;

import java.util.List;

/** What an external authorizer said about a request. */
public sealed interface Verdict {
    /** It has not been asked. */
    Verdict UNASKED = new Unasked();
    /** It lets the request go on as it is. */
    Verdict ALLOWED = new Allowed(List.of(), List.of());

    /** It has not been asked. */
    record Unasked() implements Verdict {}

    /**
     * It lets the request go on.
     *
     * @param request what is changed in the request before anything else is decided
     * @param response what is changed in the answer
     */
    record Allowed(List<Edit> request, List<Edit> response) implements Verdict {
        /** Keeps the lists unchangeable. */
        public Allowed {
            request = List.copyOf(request);
            response = List.copyOf(response);
        }
    }

    /**
     * It refuses the request.
     *
     * @param status the answer's status, 200 to 599
     * @param headers the answer's headers
     * @param body the answer's body; empty for none
     */
    record Denied(int status, List<Edit> headers, String body) implements Verdict {
        /** Checks the status. */
        public Denied {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("an authorizer answers with 200 to 599, but was " + status);
            }
            headers = List.copyOf(headers);
        }

        /** Without headers and body, which may hold secrets. */
        @Override
        public String toString() {
            return "denied with " + status;
        }
    }

    /**
     * It said nothing that could be understood, or nothing in time.
     *
     * @param reason for people, without secrets
     */
    record Failed(String reason) implements Verdict {}

    /**
     * One change.
     *
     * @param kind what is done
     * @param name a header's name in lower case, or a query parameter's name
     * @param value the value; empty for what is removed
     */
    record Edit(Kind kind, String name, String value) {
        /** What is done. */
        public enum Kind {
            /** A header gets this value in place of all that it has. */
            SET,
            /** A header gets this value beside those that it has. */
            ADD,
            /** A header gets this value if it has none. */
            ADD_IF_ABSENT,
            /** A header gets this value in place of all that it has, if it has one. */
            SET_IF_PRESENT,
            /** A header goes. */
            REMOVE,
            /** A query parameter gets this value in place of all that it has; of several for one name, it gets them all. */
            SET_QUERY,
            /** A query parameter goes. */
            REMOVE_QUERY
        }

        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }
}
