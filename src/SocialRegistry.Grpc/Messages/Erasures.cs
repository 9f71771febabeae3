using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Erasures
{
    public static V1.ErasureReply ToWire(this ErasureView view)
    {
        var wire = new V1.Erasure
        {
            RegistrantId = view.RegistrantId.ToString(),
            State = view.State,
            Ground = view.Ground,
            RequestedAt = view.RequestedAt.ToWire(),
            RequestedBy = view.RequestedBy,
            EndedAt = view.EndedAt?.ToWire(),
        };
        view.EndedBy.IfThere(by => wire.EndedBy = by);
        wire.HouseholdsWithoutHead.AddRange(view.HouseholdsWithoutHead.Select(h => h.ToString()));
        return new V1.ErasureReply { Erasure = wire };
    }

    public static ErasureView ToView(this V1.ErasureReply reply) =>
        reply.Erasure is not { } wire
            ? throw UnreadableMessageException.Of("erasure", "required", "expected an erasure")
            : new ErasureView
            {
                RegistrantId = wire.RegistrantId.ToRegistrantId("registrant_id"),
                State = wire.State,
                Ground = wire.Ground,
                RequestedAt = wire.RequestedAt.ToMoment("requested_at"),
                RequestedBy = wire.RequestedBy,
                EndedAt = wire.EndedAt?.ToMoment("ended_at"),
                EndedBy = wire.HasEndedBy ? wire.EndedBy : null,
                HouseholdsWithoutHead =
                [
                    .. wire.HouseholdsWithoutHead.Select(h => h.ToRegistrantId("households_without_head")),
                ],
            };
}
