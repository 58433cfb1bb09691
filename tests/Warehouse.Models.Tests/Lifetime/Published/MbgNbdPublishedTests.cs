using Warehouse.Models.Lifetime;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>R's BTYDplus package on the CDNOW sample.</summary>
public sealed class MbgNbdPublishedTests
{
    [SkippableFact]
    public void MbgNbd_CdnowSample_FitsBtydPlus()
    {
        var fit = CdnowSample.Summary().Fit(LifetimeModelKind.MbgNbd);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Near.Digits(0.525, fit.Parameters["r"], 3);
        Near.Digits(6.183, fit.Parameters["alpha"], 4);
        Near.Digits(0.891, fit.Parameters["a"], 3);
        Near.Digits(1.614, fit.Parameters["b"], 4);
        Near.Absolute(-9582.13, fit.LogLikelihood!.Value, 0.01);
    }
}
