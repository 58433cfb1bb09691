using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>
/// Decides by hand who is who. A decision is a line of the workspace's <c>identity.yaml</c> and takes effect at once, as a
/// generation; taking it back gives everybody what was his.
/// </summary>
/// <param name="database">The warehouse, open for writing.</param>
/// <param name="time">Says when it was decided.</param>
public sealed class CustomerDecisions(WarehouseDatabase database, TimeProvider time)
{
    private string Path => database.Workspace.PathOf(IdentityDefinition.FileName);

    /// <summary>Takes customers for one person.</summary>
    /// <param name="identifiers">Two or more: <c>source:id</c>, or the identifier alone where only one source uses it.</param>
    /// <param name="because">Why.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <exception cref="WrongCommandException">An identifier is not known, or fewer than two are named.</exception>
    /// <exception cref="UserFaultException">An earlier decision stands against it.</exception>
    public Task<DecisionOutcome> MergeAsync(IReadOnlyList<string> identifiers, string because, string by, CancellationToken cancellationToken) =>
        DecideAsync(areSame: true, identifiers, because, by, cancellationToken);

    /// <summary>Takes customers for different persons, whatever rules say.</summary>
    /// <inheritdoc cref="MergeAsync"/>
    public Task<DecisionOutcome> SplitAsync(IReadOnlyList<string> identifiers, string because, string by, CancellationToken cancellationToken) =>
        DecideAsync(areSame: false, identifiers, because, by, cancellationToken);

    /// <summary>Takes back the last decision that names all of these identifiers.</summary>
    /// <param name="identifiers">One or more.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <exception cref="UserFaultException">There is no such decision.</exception>
    public Task<DecisionOutcome> UndoAsync(IReadOnlyList<string> identifiers, string by, CancellationToken cancellationToken) =>
        PublishAsync(
            "customer undo",
            by,
            async (labels, text, stop) =>
            {
                await labels.FindAsync(identifiers, stop);
                var decisions = text.Length == 0 ? [] : IdentityDefinition.Read(text, database.Workspace).Decisions;
                var place = decisions.ToList().FindLastIndex(decision => labels.Texts.All(decision.Labels.Contains));
                if (place < 0)
                {
                    var near = decisions.Where(decision => decision.Labels.Any(labels.Texts.Contains)).Select(decision => decision.Words).ToArray();
                    throw new UserFaultException(
                        $"No decision names {string.Join(" and ", labels.Texts)}. {(near.Length == 0 ? "No decision names any of them." : $"Decided is: {string.Join("; ", near)}.")}");
                }

                return new DecisionChange(decisions[place], DecisionLines.Remove(text, place), IsUndone: true);
            },
            cancellationToken);

    private Task<DecisionOutcome> DecideAsync(
        bool areSame, IReadOnlyList<string> identifiers, string because, string by, CancellationToken cancellationToken) =>
        PublishAsync(
            areSame ? "customer merge" : "customer split",
            null,
            async (labels, text, stop) =>
            {
                await labels.FindAsync(identifiers, stop);
                if (labels.Texts.Count < 2)
                {
                    throw new WrongCommandException("Name two identifiers or more that are not the same.");
                }

                var decision = new IdentityDecision(areSame, labels.Texts, because, by, time.GetUtcNow());
                var standing = text.Length == 0 ? [] : IdentityDefinition.Read(text, database.Workspace).Decisions;
                if (standing.FirstOrDefault(other => other.IsAbout(decision) || (other.AreSame != areSame && other.Labels.Count(labels.Texts.Contains) > 1)) is { } against)
                {
                    throw new UserFaultException(
                        $"It was decided already: {against.Words}. 'warehouse customer undo {string.Join(' ', against.Labels)}' takes that back. Nothing was changed.");
                }

                return new DecisionChange(decision, DecisionLines.Add(text, decision), IsUndone: false);
            },
            cancellationToken);

    private async Task<DecisionOutcome> PublishAsync(
        string reason,
        string? endedBy,
        Func<DecisionLabels, string, CancellationToken, Task<DecisionChange>> decide,
        CancellationToken cancellationToken)
    {
        var before = File.Exists(Path) ? await File.ReadAllTextAsync(Path, cancellationToken) : null;
        DecisionOutcome? outcome = null;
        var isWritten = false;
        try
        {
            var generation = await database.PublishAsync(
                reason,
                async (publication, stop) =>
                {
                    var labels = new DecisionLabels(publication.Connection);
                    var change = await decide(labels, before ?? "", stop);
                    var definition = IdentityDefinition.Read(change.Text, database.Workspace);
                    var concerned = (await labels.PersonsAsync(change.Decision.Labels, stop)).Select(pair => pair.Identifier);
                    await new IdentityResolution(publication, definition).RunAsync(endedBy, stop);
                    if (!change.IsUndone)
                    {
                        await labels.RequireAsync(change.Decision, definition.Decisions, stop);
                    }

                    outcome = new DecisionOutcome(publication.Number, change.Decision.Words, change.IsUndone, await labels.PersonsAsync([.. concerned], stop));
                    isWritten = true;
                    await WriteAsync(change.Text, stop);
                    return true;
                },
                cancellationToken);
            return outcome! with { Generation = generation!.Number };
        }
        catch when (isWritten)
        {
            await RestoreAsync(before);
            throw;
        }
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        var unfinished = Path + ".new";
        await File.WriteAllTextAsync(unfinished, text, cancellationToken);
        File.Move(unfinished, Path, overwrite: true);
    }

    private Task RestoreAsync(string? before)
    {
        if (before is not null)
        {
            return WriteAsync(before, CancellationToken.None);
        }

        File.Delete(Path);
        return Task.CompletedTask;
    }

    private sealed record DecisionChange(IdentityDecision Decision, string Text, bool IsUndone);
}

/// <summary>What came of a decision.</summary>
/// <param name="Generation">The generation in which it holds first.</param>
/// <param name="Decision">The decision, in words.</param>
/// <param name="IsUndone">Whether it was taken back.</param>
/// <param name="Identifiers">All identifiers of the persons that it concerned before and concerns now, with the person (<c>customer_key</c>) that each is now.</param>
public sealed record DecisionOutcome(int Generation, string Decision, bool IsUndone, IReadOnlyList<(string Identifier, int CustomerKey)> Identifiers);
