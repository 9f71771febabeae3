using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;
using SocialRegistry.Standards.Dci.Signatures;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Signatures of partners in every dialect, and ours.</summary>
public sealed class SignatureTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    private static readonly Ed25519 EdKey = Ed25519.Generate();
    private static readonly ECDsa EcKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RSA RsaKey = RSA.Create(2048);

    private long Now => Server.Clock.GetUtcNow().ToUnixTimeSeconds();

    public static TheoryData<string, bool> Forms
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var form in SignedForms.All)
            {
                data.Add(form.ToString(), false);
                data.Add(form.ToString(), true);
            }

            return data;
        }
    }

    /// <summary>The text holds what tells the four forms apart: order, spaces, letters beyond ASCII, a number in a long form.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_standards_string_is_verified_over_each_form(string form, bool withPrefix)
    {
        await PartnerAsync("strings", "required");
        var (header, message) = Parts("strings");

        var answer = await SendAsync(
            "strings",
            header,
            message,
            String("strings", Form(header, message, form), prefix: withPrefix ? "SHA-256=" : "")
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("EdDSA", "Raw", true)]
    [InlineData("EdDSA", "SortedUtf8", true)]
    [InlineData("ES256", "Raw", true)]
    [InlineData("RS256", "SortedUtf8", true)]
    [InlineData("EdDSA", "Jcs", false)]
    [InlineData("ES256", "SortedAscii", false)]
    public async Task A_compact_JWS_is_verified(string algorithm, string form, bool detached)
    {
        await PartnerAsync("jws", "required");
        var (header, message) = Parts("jws");

        var answer = await SendAsync("jws", header, message, Jws(algorithm, Form(header, message, form), detached));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task The_Base64_of_G2P_Connects_reference_is_verified()
    {
        await PartnerAsync("g2pc", "required");
        var (header, message) = Parts("g2pc");
        var signature = RsaKey.SignData(
            Encoding.UTF8.GetBytes(header + message),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );

        var answer = await SendAsync("g2pc", header, message, Convert.ToBase64String(signature));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unsigned")]
    [InlineData("unsigned-stub")]
    [InlineData(
        "Signature:  namespace=\"dci\", kidId=\"{sender_id}|{unique_key_id}|{algorithm}\", algorithm=\"ed25519\", created=\"1606970629\", expires=\"1607030629\", headers=\"(created) (expires) digest\", signature=\"Base64(signing content)"
    )]
    public async Task Nothing_or_a_stand_in_is_missing_where_signatures_are_required(string? signature)
    {
        await PartnerAsync("strict", "required");
        await PartnerAsync("lenient", "optional");

        foreach (
            var (partner, status) in ((string, HttpStatusCode)[])
                [("strict", HttpStatusCode.Unauthorized), ("lenient", HttpStatusCode.OK)]
        )
        {
            var (header, message) = Parts(partner);
            var answer = await SendAsync(partner, header, message, signature);

            Assert.Equal(status, answer.Status);
            if (status != HttpStatusCode.OK)
            {
                Assert.Equal("err.signature.missing", answer.ErrorCode());
                DciSchemas.AssertError(answer);
            }
        }
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("future")]
    [InlineData("long life")]
    [InlineData("negative life")]
    [InlineData("other sender")]
    [InlineData("unknown key")]
    [InlineData("other algorithm")]
    [InlineData("algorithm of another key")]
    [InlineData("other headers")]
    [InlineData("repeated member")]
    [InlineData("other key")]
    [InlineData("altered header")]
    [InlineData("altered message")]
    [InlineData("repeated member in the message")]
    [InlineData("jws none")]
    [InlineData("jws altered")]
    [InlineData("jws other payload")]
    [InlineData("jws critical")]
    [InlineData("words")]
    [InlineData("base64")]
    public async Task A_signature_that_does_not_hold_is_invalid_even_where_it_is_optional(string what)
    {
        await PartnerAsync("optional", "optional");
        var (header, message) = Parts("optional");
        var bytes = Form(header, message, "Raw");
        var good = String("optional", bytes);
        var signature = what switch
        {
            "expired" => String("optional", bytes, created: -400, expires: -61),
            "future" => String("optional", bytes, created: 61, expires: 300),
            "long life" => String("optional", bytes, created: 0, expires: 3_601),
            "negative life" => String("optional", bytes, created: 10, expires: 5),
            "other sender" => String("programme", bytes),
            "unknown key" => good.Replace("|ed|", "|other|", StringComparison.Ordinal),
            "other algorithm" => good.Replace("algorithm=\"ed25519\"", "algorithm=\"es256\"", StringComparison.Ordinal),
            "algorithm of another key" => good.Replace("ed25519", "es256", StringComparison.Ordinal),
            "other headers" => good.Replace("(expires) digest", "digest", StringComparison.Ordinal),
            "repeated member" => good + ", namespace=\"dci\"",
            "other key" => String("optional", bytes, key: Ed25519.Generate()),
            "jws none" => Base64Url.EncodeToString("{\"alg\":\"none\"}"u8) + "..",
            "jws altered" => Jws("EdDSA", [.. bytes, (byte)' '], detached: true),
            "jws other payload" => Jws("EdDSA", "{}"u8.ToArray(), detached: false),
            "jws critical" => Jws("EdDSA", bytes, detached: true, more: ",\"crit\":[\"b64\"],\"b64\":false"),
            "words" => "invalid-signature",
            "base64" => Convert.ToBase64String(new byte[256]),
            _ => good,
        };
        if (what == "altered header")
        {
            header = header.Replace("\"total_count\":1", "\"total_count\":2", StringComparison.Ordinal);
        }
        else if (what == "altered message")
        {
            message = message.Replace(DciPeople.Almaz, DciPeople.Bekele, StringComparison.Ordinal);
        }
        else if (what == "repeated member in the message")
        {
            message = message.Replace(
                "{\"transaction_id\"",
                "{\"transaction_id\":\"u\",\"transaction_id\"",
                StringComparison.Ordinal
            );
            signature = String("optional", Form(header, message, "Raw"));
        }

        var answer = await SendAsync("optional", header, message, signature);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("err.signature.invalid", answer.ErrorCode());
        DciSchemas.AssertError(answer);
    }

    [Fact]
    public async Task A_partner_whose_signatures_are_off_is_not_checked()
    {
        await PartnerAsync("off", "off");
        var (header, message) = Parts("off");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("off", header, message, "invalid-signature")).Status);
    }

    [Fact]
    public async Task The_signature_is_checked_before_the_message_is_looked_at()
    {
        await PartnerAsync("strict", "required");
        var (header, _) = Parts("strict");

        var answer = await SendAsync("strict", header, "{}", null);

        Assert.Equal("err.signature.missing", answer.ErrorCode());
    }

    [Fact]
    public async Task Our_answers_are_signed_in_the_standards_string()
    {
        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, Messages.Item()));

        var text = (string)answer.Body["signature"]!;
        Assert.StartsWith("namespace=\"dci\", kidId=\"registry.test|", text, StringComparison.Ordinal);
        Assert.True(SignatureString.TryParse(text, out var signature));
        Assert.Equal(Server.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(), signature.Expires.ToUnixTimeSeconds());
        // The record holds letters beyond ASCII, so that only the escaped forms give the bytes that were signed.
        foreach (var form in (string[])["Raw", "SortedAscii"])
        {
            var digest = Convert.ToBase64String(SHA256.HashData(AnswerForm(answer, form)));
            Assert.True(
                JwsVerifier.Verify(
                    signature.Algorithm,
                    Encoding.ASCII.GetBytes(
                        SignatureString.SigningString(signature.Created, signature.Expires, digest)
                    ),
                    signature.Signature,
                    OurKey()
                ),
                form
            );
        }
    }

    [Fact]
    public async Task An_answer_in_ASCII_is_the_same_in_every_form()
    {
        var answer = await Server.SendAsync(
            Messages.Search(
                DciServer.Programme,
                Messages.Item(DciPeople.Bekele),
                Messages.Item("1", "PASSPORT", reference: "r-2")
            )
        );

        foreach (var form in SignedForms.All)
        {
            Assert.Equal(AnswerForm(answer, "Raw"), AnswerForm(answer, form.ToString()));
        }
    }

    [Fact]
    public async Task Our_answers_to_OpenG2P_carry_a_detached_JWS()
    {
        await Server.PartnerAsync("openg2p", partner => partner["dialect"] = "openg2p");

        var answer = await Server.SendAsync(Messages.Search("openg2p", Messages.Item(DciPeople.Bekele)), "openg2p");

        var parts = ((string)answer.Body["signature"]!).Split('.');
        Assert.Equal(3, parts.Length);
        Assert.Empty(parts[1]);
        var payload = AnswerForm(answer, nameof(SignedForm.SortedUtf8));
        Assert.True(
            Protection.Jws.TryParse($"{parts[0]}.{Base64Url.EncodeToString(payload)}.{parts[2]}", out var token)
        );
        Assert.Equal(OurKey().Kid, token.Text("kid"));
        Assert.True(JwsVerifier.Verify(token, OurKey()));
    }

    private Jwk OurKey() => Server.Services.GetRequiredService<IKeyRing>().PublicKeys(KeyPurpose.MessageSigning)[0];

    private Task PartnerAsync(string id, string policy) =>
        Server.PartnerAsync(
            id,
            partner =>
            {
                partner["signature"] = policy;
                partner["jwks"] = new JsonObject
                {
                    ["keys"] = new JsonArray(
                        JsonSerializer.SerializeToNode(
                            new Jwk
                            {
                                Kty = "OKP",
                                Crv = "Ed25519",
                                X = Base64Url.EncodeToString(EdKey.PublicKey),
                                Kid = "ed",
                                Use = "sig",
                            }
                        ),
                        JsonSerializer.SerializeToNode(
                            new Jwk
                            {
                                Kty = "EC",
                                Crv = "P-256",
                                X = Base64Url.EncodeToString(EcKey.ExportParameters(false).Q.X),
                                Y = Base64Url.EncodeToString(EcKey.ExportParameters(false).Q.Y),
                                Kid = "ec",
                            }
                        ),
                        JsonSerializer.SerializeToNode(
                            new Jwk
                            {
                                Kty = "RSA",
                                N = Base64Url.EncodeToString(RsaKey.ExportParameters(false).Modulus),
                                E = Base64Url.EncodeToString(RsaKey.ExportParameters(false).Exponent),
                                Kid = "rsa",
                            }
                        )
                    ),
                };
            }
        );

    private Task<DciAnswer> SendAsync(string partner, string header, string message, string? signature)
    {
        var prefix = signature is null ? "" : $"\"signature\": {JsonSerializer.Serialize(signature)},";
        return Server.SendAsync($"{{ {prefix} \"header\" : {header} , \"message\":\n{message} }}", partner);
    }

    private static (string Header, string Message) Parts(string partner)
    {
        var message = Messages.Search(partner, Messages.Item());
        message["header"]!["meta"] = new JsonObject { ["z"] = "ልጅ \u007F", ["a"] = 1 };
        return (
            message["header"]!.ToJsonString().Replace("\"a\":1", "\"a\" : 1.50", StringComparison.Ordinal),
            message["message"]!.ToJsonString()
        );
    }

    private static byte[] Form(string header, string message, string form)
    {
        var whole = $"{{\"header\":{header},\"message\":{message}}}";
        return form switch
        {
            "Raw" => Encoding.UTF8.GetBytes(whole),
            "Jcs" => Jcs.Canonicalize(Encoding.UTF8.GetBytes(whole)),
            _ => Sorted(whole, form == "SortedAscii"),
        };
    }

    private static byte[] AnswerForm(DciAnswer answer, string form)
    {
        using var document = JsonDocument.Parse(answer.Bytes);
        return Form(
            document.RootElement.GetProperty("header").GetRawText(),
            document.RootElement.GetProperty("message").GetRawText(),
            form
        );
    }

    /// <summary>Written without the module's own writer.</summary>
    private static byte[] Sorted(string json, bool ascii)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(document.RootElement);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Write(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    text.Append('{');
                    foreach (
                        var (index, member) in element
                            .EnumerateObject()
                            .OrderBy(m => m.Name, StringComparer.Ordinal)
                            .Index()
                    )
                    {
                        text.Append(index == 0 ? "" : ",").Append('"').Append(member.Name).Append("\":");
                        Write(member.Value);
                    }

                    text.Append('}');
                    break;
                case JsonValueKind.Array:
                    text.Append('[');
                    foreach (var (index, item) in element.EnumerateArray().Index())
                    {
                        text.Append(index == 0 ? "" : ",");
                        Write(item);
                    }

                    text.Append(']');
                    break;
                case JsonValueKind.String:
                    text.Append('"');
                    foreach (var c in element.GetString()!)
                    {
                        text.Append(
                            c is '"' or '\\' ? "\\" + c
                            : ascii && c > '~' ? $"\\u{(int)c:x4}"
                            : c.ToString()
                        );
                    }

                    text.Append('"');
                    break;
                default:
                    text.Append(element.GetRawText());
                    break;
            }
        }
    }

    /// <param name="created">Seconds from now.</param>
    /// <param name="expires">Seconds from now.</param>
    private string String(
        string sender,
        byte[] bytes,
        long created = 0,
        long expires = 300,
        string prefix = "",
        Ed25519? key = null
    )
    {
        var digest = prefix + Convert.ToBase64String(SHA256.HashData(bytes));
        var signing = $"(created): {Now + created}\n(expires): {Now + expires}\ndigest: {digest}";
        var signature = Convert.ToBase64String((key ?? EdKey).Sign(Encoding.ASCII.GetBytes(signing)));
        return $"namespace=\"dci\", kidId=\"{sender}|ed|ed25519\", algorithm=\"ed25519\", created=\"{Now + created}\", expires=\"{Now + expires}\", headers=\"(created) (expires) digest\", signature=\"{signature}\"";
    }

    private static string Jws(string algorithm, byte[] payload, bool detached, string more = "")
    {
        var kid = algorithm[..2] switch
        {
            "Ed" => "ed",
            "ES" => "ec",
            _ => "rsa",
        };
        var header = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($"{{\"alg\":\"{algorithm}\",\"kid\":\"{kid}\"{more}}}")
        );
        var body = Base64Url.EncodeToString(payload);
        var input = Encoding.ASCII.GetBytes(header + "." + body);
        var signature = algorithm switch
        {
            "EdDSA" => EdKey.Sign(input),
            "ES256" => EcKey.SignData(input, HashAlgorithmName.SHA256),
            _ => RsaKey.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{header}.{(detached ? "" : body)}.{Base64Url.EncodeToString(signature)}";
    }
}
