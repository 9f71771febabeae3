using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>An import cannot go on; what was imported stays.</summary>
public sealed class ImportFailedException(Problem problem) : Exception(problem.Code)
{
    /// <summary>Why, without values of the file.</summary>
    public Problem Problem { get; } = problem;
}
