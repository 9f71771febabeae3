using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Conditions
{
    public static V1.WriteConditions ToWire(this WriteConditions conditions)
    {
        var wire = new V1.WriteConditions { DryRun = conditions.DryRun };
        if (conditions.ExpectedVersion is { } version)
        {
            wire.ExpectedVersion = version;
        }

        conditions.IdempotencyKey.IfThere(key => wire.IdempotencyKey = key);
        return wire;
    }

    /// <summary>Conditions left out mean none.</summary>
    public static WriteConditions ToRequest(this V1.WriteConditions? wire) =>
        wire is null
            ? WriteConditions.None
            : new WriteConditions
            {
                ExpectedVersion = wire.HasExpectedVersion ? wire.ExpectedVersion : null,
                IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
                DryRun = wire.DryRun,
            };
}
