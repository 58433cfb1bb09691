using System.Text.Json;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>What is true of customers, asked of the sample workspace as people ask it, and held against its hidden truth.</summary>
public class CustomerTests
{
    [Fact]
    public async Task SampleWorkspace_AnswersEveryQuestionAboutCustomers_AndItsHiddenLawIsFound()
    {
        using var folder = new FreshFolder();
        var place = Path.Combine(folder.Path, "demo");
        (await CommandLine.RunAsync("demo", "-w", place)).Done();

        var snapshot = (await AskAsync("snapshot", "--as-of", "2026-06-30", "--lifetime", "no")).Done();
        var customers = snapshot.Rows[0][1].GetInt64();
        Assert.Equal("stored already", (await AskAsync("snapshot", "--as-of", "2026-06-30", "--lifetime", "no")).Done().Rows[0][4].GetString());
        var stages = (await AskAsync("lifecycle", "--as-of", "2026-06-30")).Done().Rows.EnumerateArray().ToList();
        Assert.Equal(8, stages.Count);
        Assert.Equal(customers, stages.Sum(stage => stage[1].GetInt64()));
        var byStage = (await AskAsync("query", "snapshots", "--measures", "customers", "--by", "standing.lifecycle_stage")).Done().Rows;
        Assert.Equal(customers, byStage.EnumerateArray().Sum(stage => stage[1].GetInt64()));
        Assert.All((await AskAsync("cohorts")).Done().Rows.EnumerateArray(), cell => Assert.InRange(cell[4].GetDouble(), 0, 1));
        Assert.NotEqual(0, (await AskAsync("contacts", "--queue")).Done().Rows.GetArrayLength());
        var customer = JsonDocument.Parse((await AskAsync("customer", "show", "C1000002", "--as-of", "2026-06-30")).Done().Output).RootElement;
        Assert.Equal(1, customer.GetProperty("scores").GetArrayLength());
        Assert.Equal(2, (await AskAsync("customer", "show", "nobody")).ExitCode);

        await LeaveTheUndisturbedAsync(place);
        var lifetime = JsonDocument.Parse((await AskAsync("lifetime", "--model", "bg-nbd", "--as-of", "2026-06-30", "--hindsight")).Done().Output).RootElement;
        var law = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("sample-data", "retail", "truth", "parameters.json"))).RootElement;
        WithinThreeStandardErrors(law.GetProperty("bgNbd"), lifetime.GetProperty("purchases"));

        Task<CommandResult> AskAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "-w", place, "--format", "json"]);
    }

    private static void WithinThreeStandardErrors(JsonElement law, JsonElement fit)
    {
        Assert.True(fit.GetProperty("converged").GetBoolean());
        foreach (var parameter in law.EnumerateObject())
        {
            var error = fit.GetProperty("standardErrors").GetProperty(parameter.Name).GetDouble();
            var estimate = fit.GetProperty("parameters").GetProperty(parameter.Name).GetDouble();
            Assert.True(
                Math.Abs(estimate - parameter.Value.GetDouble()) < 3 * error,
                FormattableString.Invariant($"{parameter.Name} is {estimate:0.0000} ± {error:0.0000}, and the law has {parameter.Value.GetDouble()}"));
        }
    }

    /// <summary>Removes the sales of all but the customers who never complained and were in no campaign: the law holds for these as it stands.</summary>
    private static async Task LeaveTheUndisturbedAsync(string place)
    {
        await using var database = await WarehouseDatabase.OpenAsync(Workspace.Open(place), TimeProvider.System, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            """
            CREATE TEMP TABLE undisturbed AS
            SELECT DISTINCT identity.customer_key
            FROM read_parquet($people) AS person
            JOIN read_parquet($references) AS reference USING (person_id)
            JOIN star.customer_identity AS identity
                ON upper(identity.source_id) = upper(reference.reference) AND reference.kind IN ('account', 'loyalty_id', 'web_account')
            WHERE person.is_undisturbed
            """,
            CancellationToken.None,
            ("people", Repository.PathOf("sample-data", "retail", "truth", "customers.parquet")),
            ("references", Repository.PathOf("sample-data", "retail", "truth", "references.parquet")));
        await connection.ExecuteAsync(
            "DELETE FROM star.fact_sale WHERE customer_key NOT IN (SELECT customer_key FROM undisturbed)", CancellationToken.None);
    }
}
