package dev.lintel.core.evaluate;

import dev.lintel.core.Names;

/**
 * Who calls, as far as the connection proves it by a client certificate. What headers say of it never counts.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">SPIFFE, X509-SVID</a>
 */
public sealed interface Caller {
    /** No certificate was shown. */
    Caller NONE = new None();

    /** No certificate was shown. */
    record None() implements Caller {
        @Override
        public String toString() {
            return "a caller without a certificate";
        }
    }

    /**
     * A certificate was shown that does not say who calls, or says it of another trust domain.
     *
     * @param reason for people
     */
    record Rejected(String reason) implements Caller {}

    /**
     * A workload, as its certificate names it. An evaluator takes those of its own trust domain only.
     *
     * @param trustDomain the trust domain, for example {@code cluster.local}
     * @param namespace its namespace
     * @param serviceAccount its service account
     */
    record Workload(String trustDomain, String namespace, String serviceAccount) implements Caller {
        /** The trust domain of Istio unless another one is said. */
        public static final String CLUSTER_LOCAL = "cluster.local";

        /** Checks the names. */
        public Workload {
            Names.label("a namespace", namespace);
            Names.label("a service account", serviceAccount);
        }

        /**
         * A workload of the trust domain {@code cluster.local}.
         *
         * @param name for example {@code frontend.shop}
         * @return the workload
         * @throws IllegalArgumentException if that is not {@code name.namespace}
         */
        public static Workload of(String name) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException(
                        "a workload is named 'name.namespace', for example 'frontend.shop', but was '" + name + "'");
            }
            return new Workload(CLUSTER_LOCAL, name.substring(dot + 1), name.substring(0, dot));
        }

        /**
         * The identity as it stands in a certificate.
         *
         * @return for example {@code spiffe://cluster.local/ns/shop/sa/frontend}
         */
        public String spiffeId() {
            return "spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount;
        }

        /** For example {@code frontend.shop}. */
        @Override
        public String toString() {
            return serviceAccount + "." + namespace;
        }
    }
}
