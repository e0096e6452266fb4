package main

import (
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metav1validation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// networkPolicy checks what the documentation of the type demands of its values.
func networkPolicy(spec *networkingv1.NetworkPolicySpec, path *field.Path) field.ErrorList {
	errors := selector(&spec.PodSelector, path.Child("podSelector"))
	seen := map[networkingv1.PolicyType]bool{}
	for index, kind := range spec.PolicyTypes {
		place := path.Child("policyTypes").Index(index)
		if kind != networkingv1.PolicyTypeIngress && kind != networkingv1.PolicyTypeEgress {
			errors = append(errors, field.NotSupported(place, kind, []string{"Ingress", "Egress"}))
		} else if seen[kind] {
			errors = append(errors, field.Duplicate(place, kind))
		}
		seen[kind] = true
	}
	for index, rule := range spec.Ingress {
		place := path.Child("ingress").Index(index)
		errors = append(errors, ports(rule.Ports, place.Child("ports"))...)
		errors = append(errors, peers(rule.From, place.Child("from"))...)
	}
	for index, rule := range spec.Egress {
		place := path.Child("egress").Index(index)
		errors = append(errors, ports(rule.Ports, place.Child("ports"))...)
		errors = append(errors, peers(rule.To, place.Child("to"))...)
	}
	// Rules of a direction that the policy is not about do nothing.
	if len(spec.Egress) > 0 && len(spec.PolicyTypes) > 0 && !seen[networkingv1.PolicyTypeEgress] {
		errors = append(errors, field.Invalid(path.Child("policyTypes"), spec.PolicyTypes, "leaves out Egress, for which there are rules"))
	}
	if len(spec.Ingress) > 0 && len(spec.PolicyTypes) > 0 && !seen[networkingv1.PolicyTypeIngress] {
		errors = append(errors, field.Invalid(path.Child("policyTypes"), spec.PolicyTypes, "leaves out Ingress, for which there are rules"))
	}
	return errors
}

func selector(value *metav1.LabelSelector, path *field.Path) field.ErrorList {
	return metav1validation.ValidateLabelSelector(value, metav1validation.LabelSelectorValidationOptions{}, path)
}

func ports(all []networkingv1.NetworkPolicyPort, path *field.Path) field.ErrorList {
	var errors field.ErrorList
	for index, port := range all {
		place := path.Index(index)
		if port.Protocol != nil && *port.Protocol != corev1.ProtocolTCP && *port.Protocol != corev1.ProtocolUDP && *port.Protocol != corev1.ProtocolSCTP {
			errors = append(errors, field.NotSupported(place.Child("protocol"), *port.Protocol, []string{"TCP", "UDP", "SCTP"}))
		}
		if port.Port != nil && port.Port.Type == intstr.String {
			for _, message := range validation.IsValidPortName(port.Port.StrVal) {
				errors = append(errors, field.Invalid(place.Child("port"), port.Port.StrVal, message))
			}
		} else if port.Port != nil {
			for _, message := range validation.IsValidPortNum(port.Port.IntValue()) {
				errors = append(errors, field.Invalid(place.Child("port"), port.Port.IntVal, message))
			}
		}
		if port.EndPort != nil && (port.Port == nil || port.Port.Type == intstr.String || *port.EndPort < port.Port.IntVal || *port.EndPort > 65535) {
			errors = append(errors, field.Invalid(place.Child("endPort"), *port.EndPort, "needs a port by number that is not above it, and 65535 at most"))
		}
	}
	return errors
}

func peers(all []networkingv1.NetworkPolicyPeer, path *field.Path) field.ErrorList {
	var errors field.ErrorList
	for index, peer := range all {
		place := path.Index(index)
		selected := peer.PodSelector != nil || peer.NamespaceSelector != nil
		if selected == (peer.IPBlock != nil) {
			errors = append(errors, field.Invalid(place, "", "must be either by selectors or by ipBlock"))
		}
		if peer.PodSelector != nil {
			errors = append(errors, selector(peer.PodSelector, place.Child("podSelector"))...)
		}
		if peer.NamespaceSelector != nil {
			errors = append(errors, selector(peer.NamespaceSelector, place.Child("namespaceSelector"))...)
		}
		if peer.IPBlock != nil {
			errors = append(errors, block(peer.IPBlock, place.Child("ipBlock"))...)
		}
	}
	return errors
}

func block(value *networkingv1.IPBlock, path *field.Path) field.ErrorList {
	whole, err := netip.ParsePrefix(value.CIDR)
	if err != nil {
		return field.ErrorList{field.Invalid(path.Child("cidr"), value.CIDR, err.Error())}
	}
	var errors field.ErrorList
	if whole != whole.Masked() {
		errors = append(errors, field.Invalid(path.Child("cidr"), value.CIDR, "has bits beyond its length"))
	}
	for index, text := range value.Except {
		place := path.Child("except").Index(index)
		part, err := netip.ParsePrefix(text)
		if err != nil {
			errors = append(errors, field.Invalid(place, text, err.Error()))
		} else if !whole.Contains(part.Addr()) || part.Bits() <= whole.Bits() {
			errors = append(errors, field.Invalid(place, text, "is no smaller part of "+value.CIDR))
		}
	}
	return errors
}
