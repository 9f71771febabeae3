using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

/// <summary>An outcome whose value is disposed with it.</summary>
internal readonly struct Owned<T>(Outcome<T> outcome) : IDisposable
    where T : class, IDisposable
{
    public T? Value => outcome.Value;

    public Problem? Problem => outcome.Problem;

    public void Dispose() => outcome.Value?.Dispose();
}

internal static class Owned
{
    public static Owned<T> Of<T>(Outcome<T> outcome)
        where T : class, IDisposable => new(outcome);
}
