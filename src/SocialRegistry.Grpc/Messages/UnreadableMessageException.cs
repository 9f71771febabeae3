using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>A message whose text is not what its field stands for; the server answers with the problem, the client treats it as broken.</summary>
internal sealed class UnreadableMessageException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;

    public static UnreadableMessageException Of(string field, string code, string expected) =>
        new(Problem.Invalid("grpc.message_invalid", $"{field}: {expected}", new FieldProblem(field, code, expected)));
}
