using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Feedbacks
{
    public static V1.FeedbackRequest ToWire(this Feedback feedback)
    {
        var wire = new V1.FeedbackRequest
        {
            NamedVersion = feedback.NamedVersion,
            Items = { feedback.Items.Select(ToWire) },
        };
        feedback.IdempotencyKey.IfThere(key => wire.IdempotencyKey = key);
        return wire;
    }

    public static Feedback ToRequest(this V1.FeedbackRequest wire) =>
        new()
        {
            NamedVersion = wire.NamedVersion,
            Items = [.. wire.Items.Select(ToRequest)],
            IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
        };

    public static V1.FeedbackReply ToWire(this FeedbackResult result) =>
        new() { NamedVersion = result.NamedVersion, Items = { result.Items.Select(ToWire) } };

    public static FeedbackResult ToView(this V1.FeedbackReply wire) =>
        new(wire.NamedVersion, [.. wire.Items.Select(ToView)]);

    private static V1.FeedbackItem ToWire(FeedbackItem item)
    {
        var wire = new V1.FeedbackItem { Identifier = item.Identifier?.ToWire() };
        wire.Values.AddJson(item.Values);
        if (item.Registrant is { } registrant)
        {
            wire.RegistrantId = registrant.ToString();
        }

        if (item.ExpectedVersion is { } version)
        {
            wire.ExpectedVersion = version;
        }

        item.Reason.IfThere(reason => wire.Reason = reason);
        item.EffectiveOn?.ToString().IfThere(date => wire.EffectiveOn = date);
        return wire;
    }

    private static FeedbackItem ToRequest(V1.FeedbackItem wire) =>
        new()
        {
            Registrant = wire.HasRegistrantId ? wire.RegistrantId.ToRegistrantId("registrant_id") : null,
            Identifier = wire.Identifier?.ToView(),
            Values = wire.Values.ToValues(),
            ExpectedVersion = wire.HasExpectedVersion ? wire.ExpectedVersion : null,
            Reason = wire.HasReason ? wire.Reason : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToPartialDate("effective_on") : null,
        };

    private static V1.FeedbackOutcome ToWire(Outcome<FeedbackTaken> outcome) =>
        outcome.Succeeded
            ? new()
            {
                Taken = new V1.FeedbackTaken
                {
                    RegistrantId = outcome.Value.Registrant.ToString(),
                    Version = outcome.Value.Version,
                    Changed = outcome.Value.Changed,
                },
            }
            : new() { Problem = outcome.Problem.ToWire() };

    private static Outcome<FeedbackTaken> ToView(V1.FeedbackOutcome wire) =>
        wire.OutcomeCase switch
        {
            V1.FeedbackOutcome.OutcomeOneofCase.Taken => new FeedbackTaken(
                wire.Taken.RegistrantId.ToRegistrantId("registrant_id"),
                wire.Taken.Version,
                wire.Taken.Changed
            ),
            V1.FeedbackOutcome.OutcomeOneofCase.Problem => wire.Problem.ToView(),
            _ => throw UnreadableMessageException.Of("outcome", "required", "expected taken or problem"),
        };
}
