Feature: What a taxpayer allowed is used by whom he allowed it, for what he allowed, and for as long as he allows it

  A company gives banks tokens; the banks present them. Codes are those of docs/protocols/tax-v1.md.

  Scenario: The rightful bank is answered, about this taxpayer and for this service only
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is answered
    When the bank asks "tpDataByINN" about somebody else
    Then it is refused as SUBJECT_MISMATCH
    When the bank asks "TPpaymentDateByInn" about the taxpayer
    Then it is refused as SERVICE_NOT_COVERED
    When the bank asks "tpDataByINN" about the taxpayer without a token
    Then it is refused as CONSENT_REQUIRED

  Scenario: Another party learns nothing of a token, not even that there is one
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When another bank asks "tpDataByINN" about the taxpayer
    Then it is refused as TOKEN_NOT_ACCEPTED
    When another bank asks "tpDataByINN" about the taxpayer with a token that was never given
    Then it is refused as TOKEN_NOT_ACCEPTED
    When the taxpayer revokes the token
    And another bank asks "tpDataByINN" about the taxpayer
    Then it is refused as TOKEN_NOT_ACCEPTED

  Scenario: A paused token waits
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the taxpayer pauses the token
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_FROZEN
    When the taxpayer resumes the token
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is answered

  Scenario: A taxpayer pauses everything, what he gives meanwhile as well
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the taxpayer pauses everything
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_FROZEN
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_FROZEN
    When the taxpayer resumes everything
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is answered

  Scenario: A revoked token is over for good, paused or not
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the taxpayer pauses the token
    And the taxpayer revokes the token
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_REVOKED
    When the taxpayer tries to resume the token
    Then the taxpayer is told TRANSITION_NOT_ALLOWED
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_REVOKED

  Scenario: A budget is used up
    Given the taxpayer has given the bank a token for "tpDataByINN" and 2 calls
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is answered
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is answered
    When the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_EXHAUSTED

  Scenario: A bank whose clock is wrong is told so, and its token suffers nothing
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the bank asks "tpDataByINN" about the taxpayer by a clock that is wrong, this happens:
      | minutes | outcome                  |
      | -15     | TIMESTAMP_OUTSIDE_WINDOW |
      | -6      | TIMESTAMP_OUTSIDE_WINDOW |
      | -4      | answered                 |
      | 4       | answered                 |
      | 6       | TIMESTAMP_OUTSIDE_WINDOW |
      | 15      | TIMESTAMP_OUTSIDE_WINDOW |
      | 0       | answered                 |

  Scenario: A token's last day is over, whatever the bank's clock says
    Given the taxpayer has given the bank a token for "tpDataByINN"
    When the token's last day is over
    And the bank asks "tpDataByINN" about the taxpayer
    Then it is refused as CONSENT_EXPIRED
    When the bank asks "tpDataByINN" about the taxpayer by a clock that is wrong, this happens:
      | minutes | outcome                  |
      | -4      | CONSENT_EXPIRED          |
      | -15     | TIMESTAMP_OUTSIDE_WINDOW |
      | 4       | CONSENT_EXPIRED          |
    When the bank acknowledges what it is told of the token
    Then the bank was told EXPIRED and has acknowledged it
    When the taxpayer tries to resume the token
    Then the taxpayer is told TRANSITION_NOT_ALLOWED
