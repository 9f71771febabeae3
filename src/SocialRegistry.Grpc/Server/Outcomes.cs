using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;

namespace SocialRegistry.Grpc.Server;

internal static class Outcomes
{
    /// <summary>The value; a problem leaves the method as its status.</summary>
    public static T OrRefuse<T>(this Outcome<T> outcome) =>
        outcome.Succeeded ? outcome.Value : throw new ProblemException(outcome.Problem);
}
