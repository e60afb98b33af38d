"""Where the browser goes and comes back from: threats 8, 9 and 15, error pages."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fc_provider import CLIENT, ISSUER, PROVIDER, other_provider
from grc_rules.grc_franceconnect import authorization as auth
from grc_rules.grc_franceconnect import errors
from grc_rules.grc_franceconnect.refusal import CODES, Refused
from hypothesis import example, given
from hypothesis import strategies as st

STATE, NONCE = "s" * 32, "n" * 32
# franceconnect.md 1.2: the eleven parameters known; we need these.
ACCEPTED = {"client_id", "response_type", "scope", "redirect_uri", "acr_values"}
ACCEPTED |= {"nonce", "state", "prompt", "claims", "idp_hint", "ui_locales"}


def refusal(function, *args) -> str:
    with pytest.raises(Refused) as caught:
        function(*args)
    return caught.value.code


# === GOING === #


def test_franceconnect_is_sent_only_what_it_accepts():
    url = auth.authorization_url(PROVIDER, STATE, NONCE, prompt="login")
    assert url.startswith(f"{ISSUER}/authorize?")
    sent = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
    assert set(sent) <= ACCEPTED
    assert sent == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": PROVIDER.redirect_uri,
        "scope": "openid identite_pivot preferred_username email idp_birthdate",
        "acr_values": "eidas1",
        "state": STATE,
        "nonce": NONCE,
        "prompt": "login",
    }


def test_scopes_and_level_of_one_prestation():
    url = auth.authorization_url(
        PROVIDER, STATE, NONCE, ("cnaf_quotient_familial", "openid"), "eidas2"
    )
    sent = parse_qs(urlsplit(url).query)
    assert sent["scope"] == ["openid cnaf_quotient_familial"]
    assert sent["acr_values"] == ["eidas2"]
    assert "prompt" not in sent


def test_another_provider_may_want_a_challenge():
    provider = other_provider(
        uses_pkce=True,
        authorization_endpoint=f"{ISSUER}/auth?tenant=1",
        redirect_uri="https://ville.example.org/retour",
        scopes=("openid", "profile"),
    )
    verifier = auth.new_verifier()
    url = auth.authorization_url(provider, STATE, NONCE, pkce=auth.challenge(verifier))
    sent = parse_qs(urlsplit(url).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["tenant"] == ["1"]
    assert "acr_values" not in sent
    with pytest.raises(ValueError):
        auth.authorization_url(provider, STATE, NONCE)


def test_challenge_of_the_standard():
    # RFC 7636, appendix B
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert auth.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "short"},
        {"nonce": "n" * 31},
        {"nonce": STATE},
        {"pkce": "challenge"},  # FranceConnect: error page Y030007
        {"prompt": "none"},
        {"prompt": "select_account"},
        {"scopes": ("open id",)},
        {"scopes": ('"',)},
        {"scopes": ("é",)},
        {"provider": other_provider()},
    ],
)
def test_a_request_that_could_not_be_right_is_not_made(values):
    good = {"provider": PROVIDER, "state": STATE, "nonce": NONCE}
    with pytest.raises(ValueError):
        auth.authorization_url(**good | values)


def test_secrets_are_long_and_never_the_same():
    for make in (auth.new_state, auth.new_nonce, auth.new_verifier):
        made = {make() for _ in range(50)}
        assert len(made) == 50
        assert {len(value) for value in made} == {64}


# === COMING BACK (8) === #


def test_a_code_or_an_error_comes_back():
    found = auth.read_return(PROVIDER, {"code": "abc", "iss": ISSUER, "state": STATE})
    assert (found.code, found.error) == ("abc", "")
    assert "abc" not in repr(found)
    found = auth.read_return(PROVIDER, {"error": "access_denied", "iss": ISSUER})
    assert (found.code, found.error, found.description) == ("", "access_denied", "")


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"code": "a", "iss": "https://auth.example.org/api/v2"}, "issuer"),
        ({"code": "a", "iss": ISSUER + "/"}, "issuer"),
        ({"code": "a", "iss": ""}, "issuer"),
        ({"code": "a"}, "issuer"),
        ({"error": "access_denied"}, "issuer"),
        ({"iss": ISSUER}, "malformed"),
        ({"iss": ISSUER, "code": "a", "error": "b"}, "malformed"),
        ({"iss": ISSUER, "code": "a" * 2049}, "malformed"),
        ({"iss": ISSUER, "error": "a", "error_description": "b" * 2049}, "malformed"),
        ({"iss": ISSUER, "code": ["a"]}, "malformed"),
    ],
)
def test_mix_up_of_two_providers(parameters, code):
    assert refusal(auth.read_return, PROVIDER, parameters) == code


def test_another_provider_need_not_name_itself_but_may_not_lie():
    provider = other_provider()
    assert auth.read_return(provider, {"code": "a"}).code == "a"
    assert refusal(auth.read_return, provider, {"code": "a", "iss": "x"}) == "issuer"


# === SIGNING OUT (15) === #


def test_the_session_is_ended_at_the_provider_too():
    url = auth.logout_url(PROVIDER, "id.to.ken", STATE)
    assert url.startswith(f"{ISSUER}/session/end?")
    assert dict(parse_qsl(urlsplit(url).query)) == {
        "id_token_hint": "id.to.ken",
        "state": STATE,
        "post_logout_redirect_uri": PROVIDER.post_logout_redirect_uri,
    }


def test_without_id_token_or_door_only_the_local_session_ends():
    assert auth.logout_url(PROVIDER, "", STATE) == ""
    assert auth.logout_url(other_provider(), "id.to.ken", STATE) == ""
    with pytest.raises(ValueError):
        auth.logout_url(PROVIDER, "id.to.ken", "short")


def test_a_provider_without_address_of_return_is_sent_no_state():
    provider = other_provider(end_session_endpoint=f"{ISSUER}/end")
    url = auth.logout_url(provider, "t", STATE)
    assert url == f"{ISSUER}/end?id_token_hint=t"


# === THE SAME FORM AGAIN (9) === #


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/my",
        "/demarches/acte-de-naissance?brouillon=abc&page=2",
        "/my?next=https://ailleurs.example",  # only a value of ours
        "/franceconnections",
        "/démarche",
    ],
)
def test_local_paths_are_kept(path):
    assert auth.safe_return(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        None,
        12,
        ["/my"],
        "my",
        "https://evil.example",
        "HTTPS:/evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "\n/my",
        " /my",
        "/my\r\nSet-Cookie: a=b",
        "/x//evil.example",
        "/./evil",
        "/../evil",
        "/%2fevil.example",
        "/%5Cevil.example",
        "javascript:alert(1)",
        "/javascript:alert(1)",
        "/my#x",
        "/my\u2028",
        "/my\x00",
        "/" + "a" * 2000,
        "/franceconnect",
        "/franceconnect/deconnexion",
        "/web/session/logout",
        "/web/login?redirect=//evil.example",
    ],
)
def test_anything_else_leads_home(path):
    assert auth.safe_return(path) == "/my"
    assert auth.safe_return(path, "/") == "/"


@given(st.text("/\\.:%25cf#?@\t ab", max_size=12))
@example("/\\/")
def test_a_return_never_leaves_the_site(path):
    found = auth.safe_return(path)
    parts = urlsplit(found.replace("\\", "/"))
    assert (parts.scheme, parts.netloc) == ("", "")
    assert found.startswith("/") and not found.startswith(("//", "/\\"))


# === ERRORS === #


@pytest.mark.parametrize(
    ("error", "description", "page"),
    [
        ("access_denied", "User auth aborted", "gave_up"),
        ("access_denied", "", "gave_up"),
        ("access_denied", None, "gave_up"),
        ("access_denied", "user authentication aborted", "not_recognised"),
        ("access_denied", "User authentication aborted (Y010015)", "not_recognised"),
        ("temporarily_unavailable", "", "unavailable"),
        ("server_error", "user authentication aborted", "technical"),
        ("invalid_grant", "", "technical"),
        ("invalid_acr", "acr_value is not valid", "configuration"),
        ("invalid_idp_hint", "", "configuration"),
        ("invalid_request", "", "configuration"),
        ("invalid_scope", "", "configuration"),
        ("invalid_client", "", "configuration"),
        ("unsupported_response_type", "", "configuration"),
        ("<script>alert(1)</script>", "", "unknown"),
        ("", "", "unknown"),
        (None, None, "unknown"),
        (["access_denied"], "", "unknown"),
    ],
)
def test_page_of_each_error(error, description, page):
    assert errors.page_for(error, description) == page
    assert page in errors.PAGES
    assert errors.is_for_administrator(page) is (page == "configuration")


def test_page_of_each_refusal():
    pages = {code: errors.page_for_refusal(code) for code in CODES}
    ours = {code for code, page in pages.items() if page == "configuration"}
    assert ours == {"acr", "algorithm", "discovery", "incomplete", "keys", "unsigned"}
    assert set(pages.values()) <= set(errors.PAGES)


def test_only_known_words_reach_the_log():
    # RGPD art. 5: what the browser brings may hold a name, or a line break
    assert errors.loggable("access_denied") == "access_denied"
    for error in ("jean.dupont@example.org", "a\nb", "", None, ["access_denied"]):
        assert errors.loggable(error) == "other"


def test_number_of_an_incident():
    number = "1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f"
    uri = f"https://docs.example/erreurs/?code=Y04EA6EF&id={number}"
    assert errors.incident({"error_uri": uri}) == f"Y04EA6EF {number}"
    assert errors.incident({"error_uri": "https://x/?code=Y030007"}) == "Y030007"
    for answer in ({}, {"error_uri": 12}, {"error_uri": "https://x/?code=secret"}):
        assert errors.incident(answer) == ""
