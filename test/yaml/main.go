// Says what go-yaml, the YAML library of Docker Compose, makes of texts: one JSON string a line in,
// one JSON object a line out. Build it beside a go.mod that requires go.yaml.in/yaml/v4.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

type answer struct {
	Refused   string `json:"refused,omitempty"`
	Documents []any  `json:"documents,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<24)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		var text string
		if err := json.Unmarshal([]byte(line), &text); err != nil {
			panic(err)
		}
		if err := out.Encode(read(text)); err != nil {
			panic(err)
		}
	}
}

func read(text string) (result answer) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			return answer{Refused: err.Error()}
		}
		var data any
		if err := document.Decode(&data); err != nil {
			return answer{Refused: err.Error()}
		}
		root := document.Content[0]
		if root.Kind == yaml.MappingNode {
			result.Documents = append(result.Documents, content(root))
		} else {
			result.Documents = append(result.Documents, "other")
		}
	}
}

// content has the form of content.ts.
func content(node *yaml.Node) any {
	switch node.Kind {
	case yaml.AliasNode:
		return "*" + node.Value
	case yaml.SequenceNode:
		items := []any{}
		for _, item := range node.Content {
			if read := content(item); read != nil {
				items = append(items, read)
			}
		}
		return map[string]any{"list": items}
	case yaml.MappingNode:
		pairs := [][2]any{}
		for i := 0; i < len(node.Content); i += 2 {
			key := ""
			if node.Content[i].Kind == yaml.ScalarNode {
				key = node.Content[i].Value
			}
			pairs = append(pairs, [2]any{key, content(node.Content[i+1])})
		}
		return map[string]any{"map": pairs}
	}
	style := "plain"
	switch {
	case node.Style&yaml.DoubleQuotedStyle != 0:
		style = "double"
	case node.Style&yaml.SingleQuotedStyle != 0:
		style = "single"
	case node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		style = "block"
	}
	if node.Value == "" && style == "plain" {
		return nil
	}
	if node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 {
		return fmt.Sprintf("%s|%s|", node.Value, style)
	}
	return fmt.Sprintf("%s|%s|%d:%d", node.Value, style, node.Line, node.Column)
}
