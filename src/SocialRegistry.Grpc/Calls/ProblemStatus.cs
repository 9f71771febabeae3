using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Calls;

/// <summary>
/// A problem as a gRPC status, and back without loss: the trailer <c>grpc-status-details-bin</c> holds it whole (in the form of
/// google.rpc.Status), <c>problem-code</c> and <c>current-version</c> tell clients without our messages.
/// </summary>
internal static class ProblemStatus
{
    public const string DetailsTrailer = "grpc-status-details-bin";
    public const string CodeTrailer = "problem-code";
    public const string VersionTrailer = "current-version";

    /// <summary>Longest details in bytes: clients of other languages read 64 KiB of trailers, a third of which base64 takes.</summary>
    private const int MaxDetails = 32 * 1024;

    private const int MaxMessage = 2_000;

    public static RpcException ToRpcException(this Problem problem)
    {
        var code = ToStatusCode(problem.Kind);
        var message = problem.Detail.Length <= MaxMessage ? problem.Detail : problem.Detail[..MaxMessage];
        var trailers = new Metadata { { DetailsTrailer, Details(problem, code, message).ToByteArray() } };
        if (problem.Code.All(c => c is > ' ' and < (char)127))
        {
            trailers.Add(CodeTrailer, problem.Code);
        }

        if (problem.CurrentVersion is { } version)
        {
            trailers.Add(VersionTrailer, version.ToString());
        }

        return new RpcException(new Status(code, message), trailers);
    }

    /// <summary>The problem a server of ours put into the trailers; <c>null</c> when there is none.</summary>
    public static Problem? ToProblem(this RpcException exception)
    {
        try
        {
            return
                exception.Trailers.GetValueBytes(DetailsTrailer) is { } bytes
                && V1.RichStatus.Parser.ParseFrom(bytes).Details.FirstOrDefault(d => d.Is(V1.Problem.Descriptor))
                    is { } any
                ? any.Unpack<V1.Problem>().ToView()
                : null;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or UnreadableMessageException)
        {
            return null;
        }
    }

    public static StatusCode ToStatusCode(this ProblemKind kind) =>
        kind switch
        {
            ProblemKind.Invalid => StatusCode.InvalidArgument,
            ProblemKind.NotFound => StatusCode.NotFound,
            ProblemKind.Conflict => StatusCode.FailedPrecondition,
            ProblemKind.PreconditionRequired => StatusCode.FailedPrecondition,
            ProblemKind.PreconditionFailed => StatusCode.Aborted,
            ProblemKind.Forbidden => StatusCode.PermissionDenied,
            ProblemKind.Unauthenticated => StatusCode.Unauthenticated,
            ProblemKind.TooLarge => StatusCode.ResourceExhausted,
            ProblemKind.TooMany => StatusCode.ResourceExhausted,
            ProblemKind.Unavailable => StatusCode.Unavailable,
            ProblemKind.Gone => StatusCode.NotFound,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static V1.RichStatus Details(Problem problem, StatusCode code, string message)
    {
        var wire = problem.ToWire();
        for (var kept = wire.Fields.Count; wire.CalculateSize() > MaxDetails && kept > 0; )
        {
            // Hundreds of wrong fields: those that do not fit are counted instead, so that the call still ends with its status.
            kept /= 2;
            var rest = new FieldProblem("…", "more", $"{problem.Fields.Count - kept} more fields are wrong");
            wire = (problem with { Fields = [.. problem.Fields.Take(kept), rest] }).ToWire();
        }

        if (wire.CalculateSize() > MaxDetails)
        {
            wire.Detail = message;
        }

        return new V1.RichStatus
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(wire) },
        };
    }
}
