/** A real control plane as a fixture: etcd, kube-apiserver with Istio's, Gateway API's and Kyma's definitions, and istiod with its webhook. */
@NullMarked
package dev.lintel.testbed;

import org.jspecify.annotations.NullMarked;
