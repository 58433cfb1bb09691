using Warehouse.Models.Churn.Training;
using Warehouse.Store;

namespace Warehouse.Models.Churn;

/// <summary>The uses of churn models: what commands and services call.</summary>
public static class ChurnModels
{
    /// <summary>Trains and tests a model out of time.</summary>
    /// <param name="database">The warehouse.</param>
    /// <param name="definition">What churn means and how it is learned.</param>
    /// <param name="asOf">The date to test at; null takes the last one whose horizon has passed.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Definitions.UserFaultException">The data do not suffice, or features leak.</exception>
    public static async Task<TrainingResult> TrainAsync(
        WarehouseDatabase database, ChurnDefinition definition, DateOnly? asOf, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var training = new ChurnTraining(connection, definition, database.Workspace.Definition.TimeZone);
        var (result, _) = await training.RunAsync(asOf, progress, cancellationToken);
        return result;
    }
}
