using System.Diagnostics.CodeAnalysis;

namespace SocialRegistry.Contracts;

/// <summary>What a user can cause: either a value or a <see cref="Contracts.Problem"/>, never both.</summary>
/// <typeparam name="T">The value of success.</typeparam>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Problem? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>The value; absent when <see cref="Problem"/> is present.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused; absent on success.</summary>
    public Problem? Problem { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Problem is null;

    /// <summary>The value, or an <see cref="InvalidOperationException"/> naming the problem's code: for callers that have ruled a problem out.</summary>
    public T Require() => Succeeded ? Value : throw new InvalidOperationException($"{Problem.Code}: {Problem.Detail}");

    /// <summary>The same outcome with its value changed.</summary>
    public Outcome<TOther> Map<TOther>(Func<T, TOther> map) => Succeeded ? map(Value) : Problem;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);
}

/// <summary>Makes outcomes where the language has no conversion: of interfaces.</summary>
public static class Outcome
{
    /// <summary>Success.</summary>
    public static Outcome<T> Of<T>(T value) => value;
}

/// <summary>Success without a value.</summary>
public readonly record struct Done;

/// <summary>A call cannot be served just now, wherever in it that shows: doors answer with the problem. Nothing was shown or written.</summary>
public sealed class BusyException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;
}
