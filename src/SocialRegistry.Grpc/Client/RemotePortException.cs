using Grpc.Core;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Client;

/// <summary>The core did not answer a call as it should: broken infrastructure or a bug, not something a user caused.</summary>
public sealed class RemotePortException : Exception
{
    internal RemotePortException(StatusCode status, string address, Exception inner)
        : base($"The core at {address} answered with {status}.", inner) => Code = "grpc." + status;

    internal RemotePortException(Problem problem)
        : base(problem.Detail) => Code = problem.Code;

    /// <summary>The problem's code, or <c>grpc.</c> and the status.</summary>
    public string Code { get; }
}
