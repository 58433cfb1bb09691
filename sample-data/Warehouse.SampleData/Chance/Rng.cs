using System.Numerics;

namespace Warehouse.SampleData.Chance;

/// <summary>
/// Random numbers by xoshiro256++ (Blackman and Vigna, 2019), started from a seed, a stream and an index, so that what is
/// drawn for one customer depends on no other and customers can be made in any order, on any number of threads.
/// </summary>
internal sealed class Rng
{
    private const double ToUnit = 1.0 / (1UL << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian;
    private bool _hasSpareGaussian;

    public Rng(int seed, RandomStream stream, long index = 0) => Restart(seed, stream, index);

    public void Restart(int seed, RandomStream stream, long index)
    {
        var state = Mix64(((ulong)(uint)seed << 8) | (byte)stream) ^ Mix64((ulong)index + 0x632BE59BD9B4E019);
        _s0 = NextSplitMix(ref state);
        _s1 = NextSplitMix(ref state);
        _s2 = NextSplitMix(ref state);
        _s3 = NextSplitMix(ref state);
        _hasSpareGaussian = false;
    }

    /// <summary>A scrambled copy of the bits (the finaliser of SplitMix64): a bijection.</summary>
    public static ulong Mix64(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (NextUInt64() >> 11) * ToUnit;

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (Uniform() * (high - low));

    /// <summary>A whole number, uniform in [0, count).</summary>
    public int Below(int count) => (int)Math.BigMul(NextUInt64(), (ulong)count, out _);

    public bool Chance(double probability) => Uniform() < probability;

    public T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(1 - Uniform());

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double Gaussian()
    {
        if (_hasSpareGaussian)
        {
            _hasSpareGaussian = false;
            return _spareGaussian;
        }

        double u, v, s;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareGaussian = v * factor;
        _hasSpareGaussian = true;
        return u * factor;
    }

    /// <summary>Gamma with the given shape and rate 1 (Marsaglia and Tsang, 2000).</summary>
    public double Gamma(double shape)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Gaussian();
            var v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    public double Beta(double a, double b)
    {
        var x = Gamma(a);
        return x / (x + Gamma(b));
    }

    /// <summary>Poisson, for small means (Knuth's product of uniforms).</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = Uniform(); product > limit; product *= Uniform())
        {
            count++;
        }

        return count;
    }

    private ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong NextSplitMix(ref ulong state) => Mix64(state += 0x9E3779B97F4A7C15);
}
