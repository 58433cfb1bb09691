using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Warehouse.Definitions;

/// <summary>A text in a definition that remembers where it stands, so that a fault found later can say so.</summary>
public sealed class DefinitionText
{
    private readonly DefinitionFile _file;
    private readonly Mark _mark;

    internal DefinitionText(DefinitionFile file, YamlScalarNode node)
        : this(file, node.Start)
    {
        Text = node.Value ?? "";
        IsQuoted = node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
    }

    internal DefinitionText(DefinitionFile file, Mark mark) => (_file, _mark) = (file, mark);

    /// <summary>The text; empty where it is missing.</summary>
    public string Text { get; } = "";

    /// <summary>Whether the author wrote it in quotes: then "1" is a text and not a number.</summary>
    public bool IsQuoted { get; }

    /// <summary>The file that it stands in, as the user would name it.</summary>
    public string File => _file.Name;

    /// <summary>Line of the text; 1 is the first.</summary>
    public int Line => (int)_mark.Line;

    /// <summary>Column of the text's first character; 1 is the first.</summary>
    public int Column => (int)_mark.Column;

    /// <summary>Records that something is wrong with this text.</summary>
    public void Fault(string message) => _file.Add(_mark, message);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
