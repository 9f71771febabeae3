using System.Security.Cryptography;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>What stands behind a statement: the signature of a connected application, a document of the record.</summary>
public abstract partial class AttestationsPortTests
{
    [Fact]
    public async Task A_signed_statement_keeps_its_signature_and_is_not_taken_twice()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var hash = (await ListAsync(person))["surname"].ValueHash;
        var signed = Attested with { ValueHash = hash, Comments = "by register", Signature = NewSignature() };

        var first = (await StateAsync(person, "surname", signed)).Require();
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddMinutes(1));
        var again = (await StateAsync(person, "surname", signed)).Require();

        Assert.Equal(signed.Signature, first.Signature);
        Assert.Equal(first, again);
        Assert.Equal(first, (await ListAsync(person))["surname"]);
        Assert.Equal(first, Assert.Single(await HistoryAsync(person, "surname")));
        // Taken back since, or changed: the same words bring it not back.
        (await StateAsync(person, "surname", new AttestationStatement { Status = "NEW" })).Require();
        Assert.Equal(first, (await StateAsync(person, "surname", signed)).Require());
        Assert.Equal("NEW", (await ListAsync(person))["surname"].Status);
        await PatchAsync(person, 1, """{"surname":"Vinter"}""");
        Assert.Equal(first, (await StateAsync(person, "surname", signed)).Require());
        await PatchAsync(person, 2, """{"surname":"Solbakk"}""");
        Assert.Equal(first, (await StateAsync(person, "surname", signed)).Require());
        Assert.Equal("NEW", (await ListAsync(person))["surname"].Status);
        // Newly signed words count.
        var anew = signed with
        {
            Signature = NewSignature(),
        };
        Assert.Equal(anew.Signature, (await StateAsync(person, "surname", anew)).Require().Signature);
        Assert.Equal("ATTESTED", (await ListAsync(person))["surname"].Status);
        Assert.Null((await StateAsync(person, "surname", Attested)).Require().Signature);
    }

    [Fact]
    public async Task A_signed_call_names_each_value_once_by_its_hash_and_holds_for_that_value_only()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var states = await ListAsync(person);
        var signature = NewSignature();
        AttestationStatement Signed(string field) =>
            Attested with
            {
                ValueHash = states[field].ValueHash,
                Signature = signature,
            };

        Assert.Equal("valueHash", Fault(await StateAsync(person, "surname", Attested with { Signature = signature })));
        AttestationOf[] twice = [new(person, "sex", Signed("sex")), new(person, "sex", Signed("sex"))];
        var refused = await Ports.Attestations.AttestManyAsync(twice, Attestor, Cancellation);
        Assert.Equal("statements[1].field", Fault(refused));
        AttestationOf[] two = [new(person, "sex", Signed("sex")), new(person, "birth_date", Signed("surname"))];
        var outcomes = (await Ports.Attestations.AttestManyAsync(two, Attestor, Cancellation)).Require();
        Assert.Equal([null, "attestations.value_changed"], outcomes.Select(o => o.Problem?.Code));
        Assert.Equal("ATTESTED", (await ListAsync(person))["sex"].Status);
        Assert.Equal("NEW", (await ListAsync(person))["birth_date"].Status);
        // Answered as the first time only to those who may have the field still.
        var narrow = Attestor with
        {
            Fields = FieldScope.Of(["surname"]),
        };
        Assert.Equal("attestations.no_value", (await StateAsync(person, "sex", Signed("sex"), narrow)).Problem?.Code);
    }

    [Fact]
    public async Task A_document_of_the_record_is_evidence_and_the_policy_may_ask_for_one()
    {
        var field = await FieldAsync(new AttestationPolicyView { DocumentRequired = true });
        var person = await WithAsync(field);
        var other = await WithAsync(field);
        var (own, foreign) = (await LetterAsync(person), await LetterAsync(other));
        var reader = Attestor with
        {
            Permissions = new HashSet<string>(Attestor.Permissions) { Permissions.ReadDocuments },
        };

        Assert.Equal("document", Fault(await StateAsync(person, field, Attested, reader)));
        foreach (var unknown in new[] { foreign, DocumentId.New(TimeProvider.System) })
        {
            var refused = await StateAsync(person, field, Attested with { Document = unknown }, reader);
            Assert.Equal(("document", "unknown"), (Fault(refused), refused.Problem!.Fields[0].Code));
        }

        // Who may not see documents is told no more than that.
        var statement = Attested with
        {
            Document = own,
        };
        var blind = await StateAsync(person, field, statement);
        Assert.Equal(("document", "unknown"), (Fault(blind), blind.Problem!.Fields[0].Code));
        var narrow = reader with { Fields = FieldScope.Of([field]) };
        Assert.Equal("document", Fault(await StateAsync(person, field, statement, narrow)));
        Assert.Equal("NEW", (await ListAsync(person))[field].Status);

        Assert.Equal(own, (await StateAsync(person, field, statement, reader)).Require().Document);
        var page = new PageRequest();
        var seen = (await Ports.Attestations.HistoryAsync(person, field, page, reader, Cancellation)).Require();
        Assert.Equal(own, Assert.Single(seen.Items).Document);
        Assert.Null((await ListAsync(person))[field].Document);
        // A rejection needs none; a document that was taken away stays named.
        Assert.Equal("REJECTED", (await StateAsync(person, field, Rejected, reader)).Require().Status);
        (await Ports.Documents.RemoveAsync(person, own, "wrong letter", PortCallers.Registrar, Cancellation)).Require();
        Assert.Equal("document", Fault(await StateAsync(person, field, statement, reader)));
        var all = (await Ports.Attestations.HistoryAsync(person, field, page, reader, Cancellation)).Require();
        Assert.Equal([null, own], all.Items.Select(i => i.Document));
    }

    private static StatementSignature NewSignature() =>
        new("thumbprint-" + Persons.Next(), RandomNumberGenerator.GetBytes(StatementSignature.DigestSize));

    private async Task<DocumentId> LetterAsync(RegistrantId person)
    {
        using var content = new MemoryStream(SampleFiles.Text());
        var letter = new NewDocument
        {
            Kind = "letter",
            FileName = "letter.txt",
            MediaType = DocumentTypes.Text,
        };
        return (await Ports.Documents.AddAsync(person, letter, content, PortCallers.Registrar, Cancellation))
            .Require()
            .Id;
    }
}
