package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// document is one object as an API server gets it; source is its JSON.
type document struct {
	source []byte
	object map[string]any
}

// documents reads every YAML document; those that hold nothing but comments are left out. A key that stands twice is an error.
func documents(text []byte) ([]document, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	var found []document
	for index := 1; ; index++ {
		part, err := reader.Read()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		source, err := yaml.YAMLToJSONStrict(part)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", index, err)
		}
		if string(source) == "null" {
			continue
		}
		object := map[string]any{}
		if err := json.Unmarshal(source, &object); err != nil {
			return nil, fmt.Errorf("document %d: %w", index, err)
		}
		found = append(found, document{source, object})
	}
}
