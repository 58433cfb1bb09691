using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Warehouse.DuckDb.Tests.Arrow;

/// <summary>Reads Arrow streams with the reference implementation for JavaScript.</summary>
internal static class ApacheArrow
{
    private static readonly string ProjectFolder = typeof(ApacheArrow).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "ProjectFolder", StringComparison.Ordinal)).Value!;

    /// <summary>What <c>read.mjs</c> prints of a stream: its fields, the sizes of its batches, its rows.</summary>
    public static async Task<JsonNode> ReadAsync(byte[] stream)
    {
        Skip.IfNot(
            Directory.Exists(Path.Combine(ProjectFolder, "node_modules", "apache-arrow")),
            $"The npm package apache-arrow is not there: run 'npm ci' in {ProjectFolder}.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, stream);
            using var node = Start(file);
            var output = node.StandardOutput.ReadToEndAsync();
            var errors = await node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, errors);
            return JsonNode.Parse(await output)!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Path.Combine(ProjectFolder, "Arrow", "read.mjs"), file])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
        }
        catch (Win32Exception fault)
        {
            Skip.If(condition: true, $"Node.js cannot be started: {fault.Message}");
            throw;
        }
    }
}
