using System.Globalization;

namespace Warehouse.Client;

/// <content>The verbs that programs ask most. Every other is a <see cref="Call"/>.</content>
public sealed partial class WarehouseClient
{
    /// <summary>Answers a question to a cube.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<Table> QueryAsync(Question question, CancellationToken cancellationToken = default) => TableAsync(Of(question), cancellationToken);

    /// <summary>Answers a question to a cube, page by page.</summary>
    /// <inheritdoc cref="PagesAsync(Call, int, CancellationToken)"/>
    public IAsyncEnumerable<Table> PagesAsync(Question question, int rows, CancellationToken cancellationToken = default) => PagesAsync(Of(question), rows, cancellationToken);

    /// <summary>Answers a question to a cube as bytes.</summary>
    /// <inheritdoc cref="OpenAsync(Call, AnswerForm, CancellationToken)"/>
    public Task<Stream> OpenAsync(Question question, AnswerForm form, CancellationToken cancellationToken = default) => OpenAsync(Of(question), form, cancellationToken);

    /// <summary>What the warehouse holds, the newest load first.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<IReadOnlyList<LoadedSource>> StatusAsync(CancellationToken cancellationToken = default) =>
        (await TableAsync(new Call("status"), cancellationToken)).As<LoadedSource>();

    /// <summary>Loads what feeds find.</summary>
    /// <param name="feeds">The feeds; none for all.</param>
    /// <param name="cancellationToken">Stops it; nothing of it remains.</param>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<Loading> LoadAsync(IReadOnlyList<string> feeds, CancellationToken cancellationToken = default) =>
        LoadAsync(new Call("load") { Changes = true, Parameters = [.. (feeds ?? []).Select(feed => ("feed", (string?)feed))] }, cancellationToken);

    /// <summary>Sends a file, and loads it by a feed. Sent again, it is recognised.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="file">The file; see <see cref="Upload.Of"/> with the parameter <c>file</c>.</param>
    /// <param name="cancellationToken">Stops it; nothing of it remains.</param>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<Loading> LoadAsync(string feed, Upload file, CancellationToken cancellationToken = default) =>
        LoadAsync(new Call("load") { Changes = true, Parameters = [("feed", feed)], Files = [file] }, cancellationToken);

    /// <summary>One customer as he was on a date.</summary>
    /// <param name="id">His number in a source.</param>
    /// <param name="asOf">The date; null for the latest.</param>
    /// <param name="purpose">Why he is looked up; kept in the audit log.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<Customer> CustomerAsync(string id, DateOnly? asOf = null, string? purpose = null, CancellationToken cancellationToken = default) =>
        ObjectAsync<Customer>(new Call("customer show") { Parameters = [("id", id), ("as-of", Call.Text(asOf)), ("purpose", purpose)] }, cancellationToken);

    /// <summary>Who is in a segment on a date, and some of them with reasons.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<SegmentPreview> PreviewSegmentAsync(string segment, DateOnly? asOf = null, CancellationToken cancellationToken = default) =>
        ObjectAsync<SegmentPreview>(new Call("segment preview") { Parameters = [("segment", segment), ("as-of", Call.Text(asOf))] }, cancellationToken);

    /// <summary>Stores who is in a segment on a date.</summary>
    /// <returns>It in words.</returns>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<string> BuildSegmentAsync(string segment, DateOnly? asOf = null, CancellationToken cancellationToken = default) =>
        WordsAsync(new Call("segment build") { Changes = true, Parameters = [("segment", segment), ("as-of", Call.Text(asOf))] }, cancellationToken);

    /// <summary>Who a wave of a campaign would be sent to, and who not and why.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<CampaignAudience> PlanCampaignAsync(string campaign, int? wave = null, CancellationToken cancellationToken = default) =>
        ObjectAsync<CampaignAudience>(new Call("campaign plan") { Parameters = [("campaign", campaign), ("wave", wave?.ToString(CultureInfo.InvariantCulture))] }, cancellationToken);

    /// <summary>The versions of churn models.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<IReadOnlyList<ChurnModel>> ChurnModelsAsync(CancellationToken cancellationToken = default) =>
        (await TableAsync(new Call("churn models"), cancellationToken)).As<ChurnModel>();

    /// <summary>Why a model says that a customer leaves or stays.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public Task<ChurnExplanation> ExplainChurnAsync(string customer, CancellationToken cancellationToken = default) =>
        ObjectAsync<ChurnExplanation>(new Call("churn explain") { Parameters = [("customer", customer)] }, cancellationToken);

    /// <summary>Runs a job now, and waits for its end.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<JobRun> RunJobAsync(string job, CancellationToken cancellationToken = default) =>
        (await TableAsync(new Call("job run") { Changes = true, Parameters = [("job", job)] }, cancellationToken)).As<JobRun>()[^1];

    /// <summary>The latest runs of jobs.</summary>
    /// <param name="job">The job; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<IReadOnlyList<JobRun>> JobHistoryAsync(string? job = null, CancellationToken cancellationToken = default) =>
        (await TableAsync(new Call("job history") { Parameters = [("job", job)] }, cancellationToken)).As<JobRun>();

    private static Call Of(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new Call("query") { Parameters = [.. question.Parameters()] };
    }

    private async Task<Loading> LoadAsync(Call call, CancellationToken cancellationToken)
    {
        var table = await TableAsync(call, cancellationToken);
        return new Loading(table.Generation, table.As<LoadedFile>(), table.HasReserve);
    }
}
