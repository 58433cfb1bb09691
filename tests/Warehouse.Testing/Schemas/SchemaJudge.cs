using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Warehouse.Definitions;
using Xunit;

namespace Warehouse.Testing;

/// <summary>Judges JSON by a JSON Schema, with npm's <c>ajv</c>.</summary>
internal static class SchemaJudge
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceFolder(), ".."));

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>What a schema finds wrong in each instance. A schema that is none itself fails the test.</summary>
    public static IReadOnlyList<IReadOnlyList<SchemaFault>> Judge(DefinitionSchema schema, IEnumerable<JsonNode?> instances)
    {
        Skip.IfNot(Directory.Exists(Path.Combine(Folder, "node_modules", "ajv")), "needs npm's ajv, which 'npm ci' in tests/Warehouse.Testing brings");
        using var node = Start();
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        using (var input = node.StandardInput)
        {
            input.Write($"{{\"schema\": {schema.Text}, \"instances\": [");
            input.Write(string.Join(',', instances.Select(instance => instance?.ToJsonString() ?? "null")));
            input.Write("]}");
        }

        node.WaitForExit();
        Assert.True(node.ExitCode == 0, $"{schema.FileName} is no JSON Schema that can be used: {error.Result}");
        return JsonSerializer.Deserialize<SchemaFault[][]>(output.Result, Names)!;
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "Schemas", "validate.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception)
        {
            Skip.If(condition: true, "needs Node.js");
            throw;
        }
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>What a schema finds wrong.</summary>
/// <param name="Path">Where, as a JSON pointer.</param>
/// <param name="Keyword">The keyword of the schema that says so.</param>
/// <param name="Name">The key that is not known, where that is what is wrong.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SchemaFault(string Path, string Keyword, string? Name, string Message);
