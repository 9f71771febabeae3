using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Problems
{
    public static V1.Problem ToWire(this Problem problem)
    {
        var wire = new V1.Problem
        {
            Code = problem.Code,
            Kind = problem.Kind.ToWire(),
            Detail = problem.Detail,
            Fields =
            {
                problem.Fields.Select(f => new V1.FieldProblem
                {
                    Field = f.Field,
                    Code = f.Code,
                    Detail = f.Detail,
                }),
            },
        };
        if (problem.CurrentVersion is { } version)
        {
            wire.CurrentVersion = version;
        }

        problem.Since.IfThere(since => wire.Since = since);
        return wire;
    }

    public static Problem ToView(this V1.Problem wire) =>
        new(wire.Code, wire.Kind.ToView(), wire.Detail)
        {
            Fields = [.. wire.Fields.Select(f => new FieldProblem(f.Field, f.Code, f.Detail))],
            CurrentVersion = wire.HasCurrentVersion ? wire.CurrentVersion : null,
            Since = wire.HasSince ? wire.Since : null,
        };
}
