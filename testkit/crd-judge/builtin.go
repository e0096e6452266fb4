package main

import (
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/runtime"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var builtins = func() *runtime.Scheme {
	scheme := runtime.NewScheme()
	utilruntime.Must(corev1.AddToScheme(scheme))
	utilruntime.Must(networkingv1.AddToScheme(scheme))
	utilruntime.Must(appsv1.AddToScheme(scheme))
	utilruntime.Must(autoscalingv2.AddToScheme(scheme))
	utilruntime.Must(policyv1.AddToScheme(scheme))
	return scheme
}()

var decoder = serializer.NewCodecFactory(builtins, serializer.EnableStrict).UniversalDeserializer()

// The kinds of these groups that live in no namespace.
var clusterWide = map[string]bool{
	"Namespace": true, "Node": true, "PersistentVolume": true, "ComponentStatus": true,
	"IngressClass": true, "IPAddress": true, "ServiceCIDR": true,
}

// judgeBuiltin decodes strictly. What the API server checks beyond the types is written here for network policies only.
func judgeBuiltin(source []byte, kind runtimeschema.GroupVersionKind) []string {
	if !builtins.Recognizes(kind) {
		return []string{"apiVersion: no such kind: " + kind.String()}
	}
	object, _, err := decoder.Decode(source, nil, nil)
	if err != nil {
		if strict, ok := runtime.AsStrictDecodingError(err); ok {
			var lines []string
			for _, each := range strict.Errors() {
				lines = append(lines, each.Error())
			}
			return lines
		}
		return []string{err.Error()}
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return []string{err.Error()}
	}
	errors := validation.ValidateObjectMetaAccessor(
		accessor, !clusterWide[kind.Kind], nameRule(kind.Kind), field.NewPath("metadata"))
	if policy, ok := object.(*networkingv1.NetworkPolicy); ok {
		errors = append(errors, networkPolicy(&policy.Spec, field.NewPath("spec"))...)
	}
	return messages(errors)
}

func nameRule(kind string) validation.ValidateNameFunc {
	switch kind {
	case "Namespace":
		return validation.ValidateNamespaceName
	case "Service":
		return validation.NameIsDNS1035Label
	default:
		return validation.NameIsDNSSubdomain
	}
}
