/** External authorizers: a decision of OPA, or of any server that speaks Envoy's {@code ext_authz}, about each request. */
@CheckReturnValue
package dev.lintel.auth.opa;

import com.google.errorprone.annotations.CheckReturnValue;
