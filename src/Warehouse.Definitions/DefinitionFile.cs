using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Warehouse.Definitions;

/// <summary>
/// A YAML (or JSON) file that somebody wrote. Reading collects every fault instead of stopping at the first:
/// take what is needed from <see cref="Root"/>, then call <see cref="ThrowIfFaulty"/>.
/// </summary>
public sealed class DefinitionFile
{
    private const int MostNested = 64;

    private readonly List<DefinitionFault> _faults = [];

    private DefinitionFile(string name, string text)
    {
        Name = name;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Root = new DefinitionMap(this, ReadRoot(text), "the file");
    }

    /// <summary>The file as the user would name it.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the text, in hexadecimal: what results name as the definition that they came from.</summary>
    public string Hash { get; }

    /// <summary>The outermost mapping; empty where the file is.</summary>
    public DefinitionMap Root { get; }

    /// <summary>The faults found so far.</summary>
    public IReadOnlyList<DefinitionFault> Faults => _faults;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">How faults name it; the path by default.</param>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    /// <exception cref="DefinitionException">It is no YAML, or its outermost part is no mapping.</exception>
    public static DefinitionFile Load(string path, string? name = null)
    {
        try
        {
            return Parse(File.ReadAllText(path), name ?? path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{name ?? path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="DefinitionException">It is no YAML, or its outermost part is no mapping.</exception>
    public static DefinitionFile Parse(string text, string name) => new(name, text);

    /// <summary>
    /// Puts values in the place of texts that name a parameter after a colon, such as <c>:months</c>; in quotes such a text stays what
    /// it is. To be called before anything is read. A name without a value is a fault.
    /// </summary>
    public void Fill(IReadOnlyDictionary<string, string> values)
    {
        foreach (var scalar in Root.Scalars().Where(scalar => scalar is { Style: ScalarStyle.Plain, Value: [':', not ' ', ..] }))
        {
            var name = scalar.Value![1..];
            if (values.TryGetValue(name, out var value))
            {
                scalar.Value = value;
            }
            else
            {
                Add(scalar.Start, $"There is no parameter \"{name}\". {NearNames.Hint(name, values.Keys, "parameters")}");
            }
        }
    }

    /// <summary>Ends the reading: keys that nobody asked for are faults too.</summary>
    /// <exception cref="DefinitionException">There are faults.</exception>
    public void ThrowIfFaulty()
    {
        Root.Close();
        if (_faults.Count > 0)
        {
            throw new DefinitionException(_faults);
        }
    }

    internal void Add(Mark mark, string message, IReadOnlyCollection<string>? names = null) =>
        _faults.Add(new DefinitionFault(Name, (int)mark.Line, (int)mark.Column, message) { Names = names ?? [] });

    private YamlMappingNode ReadRoot(string text)
    {
        RequireWellFormed(text);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (Exception broken) when (broken is YamlException or ArgumentException)
        {
            // Two equal keys, or an alias of nothing: well-formed, but no mapping of names to values.
            throw Fault((broken as YamlException)?.Start ?? Mark.Empty, $"This cannot be read: {broken.Message}");
        }

        return stream.Documents.Count switch
        {
            0 => [],
            1 when stream.Documents[0].RootNode is YamlMappingNode root => root,
            1 => throw Fault(stream.Documents[0].RootNode.Start, "Expected a mapping of names to values here."),
            _ => throw Fault(stream.Documents[1].RootNode.Start, "Expected one document, and here a second one begins."),
        };
    }

    private void RequireWellFormed(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        try
        {
            while (parser.MoveNext())
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MostNested)
                {
                    throw Fault(parser.Current.Start, FormattableString.Invariant($"Nested more than {MostNested} levels deep."));
                }
            }
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException)
        {
            // The parser throws InvalidOperationException for some texts, without a place: what it read last is the nearest.
            var (mark, reason) = broken is YamlException yaml
                ? (yaml.Start, yaml.Message)
                : (parser.Current?.End ?? Mark.Empty, "a bracket, quote or indentation is not closed near here.");
            throw Fault(mark, $"This is not well-formed YAML: {reason}");
        }
    }

    private DefinitionException Fault(Mark mark, string message) =>
        new([new DefinitionFault(Name, (int)mark.Line, (int)mark.Column, message)]);
}
